package io.ghala.snapshot.parquet;

import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.config.GhalaConfig.ParquetSettings;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * How a file is encoded.
 *
 * @param zstdLevel 1 to 22; means nothing to other codecs
 * @param rowGroupBytes size of a row group as Arrow vectors at which it ends
 * @param rowGroupRows most rows of a row group; every group but the last has exactly so many, unless its bytes end it
 *     earlier
 * @param pageBytes size of a page, and most of a dictionary, before compression
 * @param threads leaves encoded at the same time; with 1 the caller's thread does it
 * @param bloomColumns columns that get Bloom filters in the row groups that have no dictionary of them
 */
public record ParquetOptions(
        ParquetCompression compression,
        int zstdLevel,
        long rowGroupBytes,
        long rowGroupRows,
        int pageBytes,
        int threads,
        Set<String> bloomColumns) {
    static final int INDEX_TRUNCATE_BYTES = 64;

    public ParquetOptions {
        bloomColumns = Set.copyOf(bloomColumns);
    }

    /** What the settings say, with Bloom filters on {@code bloomColumns}. */
    public static ParquetOptions of(ParquetSettings settings, Set<String> bloomColumns) {
        return new ParquetOptions(
                settings.compression(),
                settings.zstdLevel(),
                settings.rowGroupBytes(),
                settings.rowGroupRows(),
                settings.pageBytes(),
                settings.writeThreads(),
                bloomColumns);
    }

    boolean bloomFilter(ColumnDescriptor leaf) {
        return bloomColumns.contains(leaf.getPath()[0])
                && leaf.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.BOOLEAN;
    }
}
