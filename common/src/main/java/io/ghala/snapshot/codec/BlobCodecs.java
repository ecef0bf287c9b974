package io.ghala.snapshot.codec;

import io.ghala.model.SnapshotFormat;

/** The codec of each format. */
public final class BlobCodecs {
    private BlobCodecs() {}

    public static BlobCodec of(SnapshotFormat format) {
        return switch (format) {
            case ARROW -> new ArrowBlobCodec();
            case PARQUET -> new ParquetBlobCodec();
            case JSON -> new JsonBlobCodec();
        };
    }
}
