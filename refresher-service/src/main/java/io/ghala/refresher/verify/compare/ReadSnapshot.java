package io.ghala.refresher.verify.compare;

import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.hash.GroupHashes;
import io.ghala.refresher.verify.hash.TableHashes;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.snapshot.hash.RowHashes;
import io.ghala.snapshot.rows.SnapshotRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Reads every blob that a manifest names, hashes the rows as readers see them, and tells of each blob and part that is
 * not what the manifest says.
 */
public final class ReadSnapshot {
    private final Manifest manifest;
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final Progress progress;
    private final SnapshotRows rows;
    private final TableHashes hashes;
    private final GroupHashes groups;
    private final List<Difference> damages = new ArrayList<>();
    private boolean whole = true;

    /** {@code groupRows} are the row groups of the Parquet file that the rows will be compared with. */
    public ReadSnapshot(
            Manifest manifest,
            SnapshotReader snapshots,
            long[] groupRows,
            BufferAllocator allocator,
            Progress progress) {
        this.manifest = manifest;
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.progress = progress;
        this.rows = new SnapshotRows(manifest, snapshots, allocator);
        this.hashes = new TableHashes(manifest.schema());
        this.groups = new GroupHashes(manifest.schema().columns().size(), groupRows);
    }

    /** Reads all; afterwards the other methods tell what was found. */
    public ReadSnapshot read() {
        for (int i = 0; i < manifest.parts().size(); i++) {
            readPart(manifest.parts().get(i), i);
            progress.at("parts read", i + 1L, manifest.parts().size());
        }
        manifest.hiddenParts().forEach(part -> part.allBlobs().forEach(this::bytes));
        if (whole && !hashes.rootHash().equals(manifest.rootHash())) {
            damages.add(Difference.damagedManifest(
                    "its root hash is " + manifest.rootHash() + ", that of the rows is " + hashes.rootHash()));
        }
        return this;
    }

    /** Blobs, parts and root hashes that are not what the manifest says. */
    public List<Difference> damages() {
        return damages;
    }

    /** Whether every blob of rows could be read, so that the hashes are of the whole table. */
    public boolean whole() {
        return whole;
    }

    public TableHashes hashes() {
        return hashes;
    }

    public GroupHashes groups() {
        return groups;
    }

    /** How messages name a part: by its place in the manifest, counted from 1. */
    static String name(int position, PartRef part) {
        return "part " + (position + 1) + " (" + part.contentHash() + ")";
    }

    private void readPart(PartRef part, int position) {
        part.books().index().forEach(this::bytes);
        part.books().marks().ifPresent(this::bytes);
        Optional<BitSet> hidden = hidden(part);
        ContentHash content = new ContentHash();
        long first = 0;
        boolean all = true;
        for (BlobRef blob : part.blobs()) {
            all &= readBlob(blob, part, hidden, first, content);
            first += blob.rows();
        }
        whole &= all && hidden.isPresent();
        if (all && !content.ofRows().equals(part.contentHash())) {
            damages.add(Difference.damagedPart(
                    name(position, part), "its rows hash to " + content.ofRows() + ", which is not its content hash"));
        }
    }

    private Optional<BitSet> hidden(PartRef part) {
        try {
            return Optional.of(rows.hidden(part));
        } catch (MissingBlobException | CorruptSnapshotException e) {
            damages.add(damaged(part.deletes().orElseThrow(), e));
            return Optional.empty();
        }
    }

    private boolean readBlob(BlobRef blob, PartRef part, Optional<BitSet> hidden, long first, ContentHash content) {
        Optional<byte[]> bytes = bytes(blob);
        if (bytes.isEmpty()) {
            return false;
        }
        try (VectorSchemaRoot stored = BlobCodecs.of(manifest.format()).decode(bytes.get(), part.schema(), allocator)) {
            if (stored.getRowCount() != blob.rows()) {
                throw new CorruptSnapshotException(
                        "it holds " + stored.getRowCount() + " rows, the manifest says " + blob.rows());
            }
            for (long row : RowHashes.of(stored)) {
                content.add(row);
            }
            if (hidden.isPresent()) {
                try (VectorSchemaRoot visible = rows.visible(bytes.get(), part, hidden.get(), first)) {
                    hashes.add(visible);
                    groups.add(visible);
                }
            }
            return true;
        } catch (CorruptSnapshotException e) {
            damages.add(damaged(blob, e));
            return false;
        }
    }

    private Optional<byte[]> bytes(BlobRef blob) {
        try {
            return Optional.of(snapshots.blobs(List.of(blob)).get(0));
        } catch (MissingBlobException | CorruptSnapshotException e) {
            damages.add(damaged(blob, e));
            return Optional.empty();
        }
    }

    private static Difference damaged(BlobRef blob, RuntimeException problem) {
        return Difference.damagedBlob(blob.key(), String.valueOf(problem.getMessage()));
    }
}
