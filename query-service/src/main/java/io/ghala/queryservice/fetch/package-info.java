/**
 * From blobs in Redis to columns for DuckDB, fetched ahead and joined from their bytes. Nothing here speaks to DuckDB.
 */
@NullMarked
package io.ghala.queryservice.fetch;

import org.jspecify.annotations.NullMarked;
