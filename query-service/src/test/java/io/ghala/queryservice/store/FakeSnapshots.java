package io.ghala.queryservice.store;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import io.ghala.type.TypeBasis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Snapshots in memory, with parts made by hand. */
public final class FakeSnapshots implements SnapshotReader {
    final Map<TableName, Manifest> published = new ConcurrentHashMap<>();
    public final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    final List<String> fetched = new CopyOnWriteArrayList<>();
    public final List<String> repairs = new CopyOnWriteArrayList<>();
    public final AtomicInteger manifestsRead = new AtomicInteger();
    public final List<TableName> versionsAsked = new CopyOnWriteArrayList<>();

    /** Runs before blobs are handed out. */
    public volatile Runnable beforeBlobs = () -> {};

    private final SnapshotFormat format;
    private final BufferAllocator allocator;
    private int keys;
    private long version;

    public FakeSnapshots(SnapshotFormat format, BufferAllocator allocator) {
        this.format = format;
        this.allocator = allocator;
    }

    /** A part with so many rows a blob; empty texts are nulls. The last two texts of a row are its file and version. */
    public PartRef part(TableSchema schema, List<List<String>> rows, int rowsPerBlob) {
        List<BlobRef> blobs = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += rowsPerBlob) {
            List<List<String>> some = rows.subList(from, Math.min(rows.size(), from + rowsPerBlob));
            try (VectorSchemaRoot root = vectors(schema, some)) {
                blobs.add(store(BlobCodecs.of(format).encode(root), some.size()));
            }
        }
        long bytes = blobs.stream().mapToLong(BlobRef::bytes).sum();
        return new PartRef("h", schema, rows.size(), rows.size(), bytes, blobs, Optional.empty(), PartRef.Books.NONE);
    }

    private VectorSchemaRoot vectors(TableSchema schema, List<List<String>> rows) {
        List<Column> columns = schema.storedColumns();
        VectorSchemaRoot root = VectorSchemaRoot.create(ArrowSchemas.schema(columns), allocator);
        for (int c = 0; c < columns.size(); c++) {
            VectorFiller filler = VectorFiller.of(columns.get(c).type(), root.getVector(c));
            for (int row = 0; row < rows.size(); row++) {
                if (!rows.get(row).get(c).isEmpty()) {
                    filler.set(
                            row,
                            new Token.Scalar(TokenKind.STRING, rows.get(row).get(c)));
                }
            }
        }
        root.setRowCount(rows.size());
        return root;
    }

    private BlobRef store(byte[] bytes, long rows) {
        String key = "blob" + keys++;
        stored.put(key, bytes);
        return new BlobRef(key, rows, bytes.length, 0);
    }

    /** The same rows, of which others are hidden. */
    PartRef hiding(PartRef part, BitSet hidden) {
        Optional<BlobRef> deletes = hidden.isEmpty()
                ? Optional.empty()
                : Optional.of(store(DeletionVector.encode(hidden, allocator), hidden.cardinality()));
        return new PartRef(
                "h",
                part.schema(),
                part.rows(),
                part.rows() - hidden.cardinality(),
                part.bytes(),
                part.blobs(),
                deletes,
                PartRef.Books.NONE);
    }

    public Manifest publish(TableName table, TableSchema schema, List<PartRef> parts) {
        Manifest manifest = new Manifest(
                table,
                new SnapshotVersion(++version),
                Instant.ofEpochMilli(version),
                format,
                schema,
                new KeyColumn("id"),
                parts.stream().mapToLong(PartRef::visibleRows).sum(),
                parts.stream().mapToLong(PartRef::bytes).sum(),
                parts,
                List.of(),
                1,
                "",
                List.of(),
                TypeBasis.NONE);
        published.put(table, manifest);
        return manifest;
    }

    @Override
    public List<byte[]> blobs(List<BlobRef> blobs) {
        beforeBlobs.run();
        List<byte[]> all = new ArrayList<>();
        for (BlobRef blob : blobs) {
            byte[] bytes = stored.get(blob.key());
            if (bytes == null) {
                throw new MissingBlobException("blob " + blob.key() + " is gone");
            }
            fetched.add(blob.key());
            all.add(bytes);
        }
        return all;
    }

    @Override
    public Set<TableName> tables() {
        return Set.copyOf(published.keySet());
    }

    @Override
    public Optional<Manifest> manifest(TableName table) {
        manifestsRead.incrementAndGet();
        return Optional.ofNullable(published.get(table));
    }

    @Override
    public Optional<SnapshotVersion> version(TableName table) {
        versionsAsked.add(table);
        return Optional.ofNullable(published.get(table)).map(Manifest::version);
    }

    @Override
    public Optional<Watermark> watermark(TableName table) {
        return Optional.empty();
    }

    @Override
    public void requestRepair(TableName table, String reason) {
        repairs.add(table + ": " + reason);
    }
}
