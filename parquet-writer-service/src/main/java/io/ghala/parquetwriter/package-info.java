/** Keeps one consolidated Parquet file per table. Start reading at {@link io.ghala.parquetwriter.WriteParquet}. */
@NullMarked
package io.ghala.parquetwriter;

import org.jspecify.annotations.NullMarked;
