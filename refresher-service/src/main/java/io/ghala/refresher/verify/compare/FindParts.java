package io.ghala.refresher.verify.compare;

import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.hash.RowSet;
import io.ghala.refresher.verify.hash.TableHashes;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.hash.RowHashes;
import io.ghala.snapshot.rows.SnapshotRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Once rows are known to differ, finds the blobs that show rows which the folder does not have, and the deletion
 * vectors that hide rows which it has.
 */
public final class FindParts {
    private final Map<String, Set<Long>> extra = new HashMap<>();
    private final Map<String, Set<Long>> missing = new HashMap<>();
    private final Manifest manifest;
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;

    public FindParts(
            TableHashes folder,
            TableHashes published,
            Manifest manifest,
            SnapshotReader snapshots,
            BufferAllocator allocator) {
        this.manifest = manifest;
        this.snapshots = snapshots;
        this.allocator = allocator;
        published
                .files()
                .forEach((file, rows) ->
                        collect(extra, file, rows.minus(folder.files().getOrDefault(file, RowSet.EMPTY))));
        folder.files()
                .forEach((file, rows) ->
                        collect(missing, file, rows.minus(published.files().getOrDefault(file, RowSet.EMPTY))));
    }

    private static void collect(Map<String, Set<Long>> into, String file, long[] hashes) {
        if (hashes.length > 0) {
            Set<Long> rows = into.computeIfAbsent(file, name -> new HashSet<>());
            for (long hash : hashes) {
                rows.add(hash);
            }
        }
    }

    public List<Difference> find() {
        List<Difference> found = new ArrayList<>();
        if (extra.isEmpty() && missing.isEmpty()) {
            return found;
        }
        SnapshotRows rows = new SnapshotRows(manifest, snapshots, allocator);
        try {
            for (int i = 0; i < manifest.parts().size(); i++) {
                PartRef part = manifest.parts().get(i);
                findIn(part, ReadSnapshot.name(i, part), rows.hidden(part), found);
            }
        } catch (MissingBlobException | CorruptSnapshotException e) {
            // All blobs were read a moment ago: the version is being replaced, and the next look is of another one.
            found.add(Difference.damagedManifest(String.valueOf(e.getMessage())));
        }
        return found;
    }

    private void findIn(PartRef part, String name, BitSet hidden, List<Difference> found) {
        int first = 0;
        int wronglyHidden = 0;
        for (BlobRef blob : part.blobs()) {
            int wronglyShown = 0;
            byte[] bytes = snapshots.blobs(List.of(blob)).get(0);
            try (VectorSchemaRoot stored = BlobCodecs.of(manifest.format()).decode(bytes, part.schema(), allocator)) {
                long[] hashes = RowHashes.of(stored);
                VarCharVector files = TableHashes.fileNames(stored);
                for (int row = 0; row < hashes.length; row++) {
                    boolean isHidden = hidden.get(first + row);
                    Map<String, Set<Long>> wrong = isHidden ? missing : extra;
                    boolean here = wrong.getOrDefault(TableHashes.file(files, row), Set.of())
                            .contains(hashes[row]);
                    wronglyHidden += here && isHidden ? 1 : 0;
                    wronglyShown += here && !isHidden ? 1 : 0;
                }
            }
            first += Math.toIntExact(blob.rows());
            if (wronglyShown > 0) {
                found.add(Difference.content(
                        Place.PART,
                        name + ", blob " + blob.key(),
                        "it shows " + wronglyShown + " rows that the folder does not have",
                        CompareRows.EDITED));
            }
        }
        if (wronglyHidden > 0) {
            String key = part.deletes().map(BlobRef::key).orElse("none");
            found.add(Difference.content(
                    Place.PART,
                    name + ", deletion vector " + key,
                    "it hides " + wronglyHidden + " rows that the folder has",
                    CompareRows.REBUILD));
        }
    }
}
