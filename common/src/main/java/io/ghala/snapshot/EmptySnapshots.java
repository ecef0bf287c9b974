package io.ghala.snapshot;

import io.ghala.model.TableName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Snapshots of which none was ever published, for what is never to ask for one. */
public final class EmptySnapshots implements SnapshotReader {
    @Override
    public Set<TableName> tables() {
        return Set.of();
    }

    @Override
    public Optional<Manifest> manifest(TableName table) {
        return Optional.empty();
    }

    @Override
    public Optional<Watermark> watermark(TableName table) {
        return Optional.empty();
    }

    /** @throws MissingBlobException if there are any wanted */
    @Override
    public List<byte[]> blobs(List<BlobRef> wanted) {
        if (!wanted.isEmpty()) {
            throw new MissingBlobException("blob " + wanted.get(0).key() + " was never stored");
        }
        return List.of();
    }

    @Override
    public void requestRepair(TableName table, String reason) {
        throw new IllegalStateException("no snapshot is there to be repaired: " + reason);
    }
}
