package io.ghala.parquetwriter;

import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.codec.EveryType;
import io.ghala.type.TypeBasis;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Snapshots in memory. */
final class PublishedTables implements SnapshotReader {
    private final Map<TableName, Manifest> manifests = new HashMap<>();
    private final Map<String, byte[]> blobs = new HashMap<>();
    private final List<TableName> repairs = new ArrayList<>();
    private final BufferAllocator allocator;
    private Runnable beforeBlobs = () -> {};

    PublishedTables(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Publishes {@code times} the rows of {@link EveryType} in two blobs. */
    void publish(TableName table, long version, SnapshotFormat format, int times) throws IOException {
        List<BlobRef> stored = new ArrayList<>();
        for (int half : new int[] {times / 2, times - times / 2}) {
            try (VectorSchemaRoot rows = EveryType.rows(allocator, half)) {
                String key = table + "-" + blobs.size();
                byte[] bytes = BlobCodecs.of(format).encode(rows);
                blobs.put(key, bytes);
                stored.add(new BlobRef(key, rows.getRowCount(), bytes.length, 0));
            }
        }
        long rows = stored.stream().mapToLong(BlobRef::rows).sum();
        PartRef part = new PartRef(
                "0".repeat(32), EveryType.SCHEMA, rows, rows, 1, stored, Optional.empty(), PartRef.Books.NONE);
        manifests.put(
                table,
                new Manifest(
                        table,
                        new SnapshotVersion(version),
                        Instant.EPOCH,
                        format,
                        EveryType.SCHEMA,
                        new KeyColumn("bigint"),
                        rows,
                        1,
                        List.of(part),
                        List.of(),
                        1,
                        "%032d".formatted(version),
                        List.of(),
                        TypeBasis.NONE));
    }

    void loseBlobs() {
        blobs.clear();
    }

    /** Runs {@code action} each time before blobs are handed out. */
    void beforeBlobs(Runnable action) {
        beforeBlobs = action;
    }

    List<TableName> repairs() {
        return repairs;
    }

    @Override
    public Set<TableName> tables() {
        return manifests.keySet();
    }

    @Override
    public Optional<Manifest> manifest(TableName table) {
        return Optional.ofNullable(manifests.get(table));
    }

    @Override
    public Optional<Watermark> watermark(TableName table) {
        return Optional.empty();
    }

    @Override
    public List<byte[]> blobs(List<BlobRef> wanted) {
        beforeBlobs.run();
        List<byte[]> found = new ArrayList<>();
        for (BlobRef blob : wanted) {
            byte[] bytes = blobs.get(blob.key());
            if (bytes == null) {
                throw new MissingBlobException("blob " + blob.key() + " is gone");
            }
            found.add(bytes);
        }
        return found;
    }

    @Override
    public void requestRepair(TableName table, String reason) {
        repairs.add(table);
    }
}
