package io.ghala.snapshot.codec;

import io.ghala.config.InvalidConfigurationException;
import io.ghala.snapshot.SnapshotFormat;
import java.util.List;

/** The codec of each format. */
public final class BlobCodecs {
    private BlobCodecs() {}

    public static BlobCodec of(SnapshotFormat format) {
        return switch (format) {
            case ARROW -> new ArrowBlobCodec();
            case PARQUET, JSON ->
                throw new InvalidConfigurationException(
                        List.of("SNAPSHOT_FORMAT=" + format.label() + " is not available in this version: use arrow"));
        };
    }
}
