/** Parquet files, read through DuckDB after their footers were checked. */
@NullMarked
package io.ghala.refresher.typed.parquet;

import org.jspecify.annotations.NullMarked;
