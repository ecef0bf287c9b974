/** Rows of Arrow vectors as Parquet, written column by column. */
@NullMarked
package io.ghala.snapshot.parquet;

import org.jspecify.annotations.NullMarked;
