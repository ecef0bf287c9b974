package io.ghala.testing.contract;

import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.type.TypeBasis;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Publications of {@link SnapshotReaderContract#TABLE} with one column. */
public final class StoredTables {
    private static final TableName T = SnapshotReaderContract.TABLE;
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("id", ScalarType.BIGINT)));
    private static final KeyColumn ID = new KeyColumn("id");
    private final SnapshotPublisher snapshots;

    public StoredTables(SnapshotPublisher snapshots) {
        this.snapshots = snapshots;
    }

    public SnapshotPublisher publisher() {
        return snapshots;
    }

    public Publication publication(Optional<Manifest> base, List<BlobRef> blobs, Optional<WatermarkMove> mark) {
        long rows = blobs.stream().mapToLong(BlobRef::rows).sum();
        return new Publication(
                T,
                base,
                SnapshotFormat.ARROW,
                SCHEMA,
                ID,
                List.of(new PartRef("h", SCHEMA, rows, rows, 1, blobs, Optional.empty(), PartRef.Books.NONE)),
                List.of(),
                1,
                "root",
                List.of(),
                mark,
                TypeBasis.NONE);
    }

    public static Manifest neverPublished() {
        return new Manifest(
                T,
                new SnapshotVersion(5),
                Instant.EPOCH,
                SnapshotFormat.ARROW,
                SCHEMA,
                ID,
                0,
                0,
                List.of(),
                List.of(),
                0,
                "root",
                List.of(),
                TypeBasis.NONE);
    }

    /** A blob of two rows with each of these contents, staged. */
    public List<BlobRef> stage(String... contents) {
        return snapshots.stage(
                T,
                Stream.of(contents)
                        .map(content -> new EncodedBlob(content.getBytes(StandardCharsets.UTF_8), 2))
                        .toList());
    }
}
