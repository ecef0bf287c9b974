/**
 * From Arrow vectors to Parquet pages, a column chunk at a time: {@link io.ghala.snapshot.parquet.encode.Striper} finds
 * levels, {@link io.ghala.snapshot.parquet.encode.LeafValues} gathers the values that are not null,
 * {@link io.ghala.snapshot.parquet.encode.ColumnChunkEncoder} chooses the encoding and cuts pages. Pages, footer and
 * indexes are parquet-java's.
 */
@NullMarked
package io.ghala.snapshot.parquet.encode;

import org.jspecify.annotations.NullMarked;
