/** Writes accepted changes to Parquet files. */
@NullMarked
package io.ghala.parquetwriter;

import org.jspecify.annotations.NullMarked;
