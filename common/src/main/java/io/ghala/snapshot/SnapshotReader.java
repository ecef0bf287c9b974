package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reading side of the place where snapshots are kept. */
public interface SnapshotReader {
    /** Tables that have a manifest now. */
    Set<TableName> tables();

    /**
     * The manifest as last published, empty where the table is not published.
     *
     * @throws CorruptSnapshotException when it cannot be understood
     */
    Optional<Manifest> manifest(TableName table);

    /**
     * The version as last published, empty where the table is not published. Costs the same however large the manifest
     * is.
     *
     * @throws CorruptSnapshotException when it cannot be understood
     */
    default Optional<SnapshotVersion> version(TableName table) {
        return manifest(table).map(Manifest::version);
    }

    /**
     * How far the table's writes are in; empty while the table's stream is not open or nothing was published in its
     * epoch.
     */
    Optional<Watermark> watermark(TableName table);

    /**
     * The bytes of each blob, in order, lengths and checksums already compared.
     *
     * @throws MissingBlobException when one is gone
     * @throws CorruptSnapshotException when one differs from what the manifest says
     */
    List<byte[]> blobs(List<BlobRef> blobs);

    /**
     * Asks for repair of {@code version} of a table if it is still the published one: what was replaced while it was
     * read gives way to the newer version, what still stands is broken. Returns whether it was.
     */
    default boolean requestRepairIfPublished(TableName table, SnapshotVersion version, RuntimeException problem) {
        boolean stands = version(table).equals(Optional.of(version));
        if (stands) {
            requestRepair(table, String.valueOf(problem.getMessage()));
        }
        return stands;
    }

    /** Asks the refresher to publish the table anew because a blob was missing or corrupt while its manifest stood. */
    void requestRepair(TableName table, String reason);
}
