/** Looking at the Parquet file and comparing it with its version, a row group and column at a time. */
@NullMarked
package io.ghala.refresher.verify.parquet;

import org.jspecify.annotations.NullMarked;
