package io.ghala.queryservice.load;

import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.ArrowSchemas;
import io.ghala.snapshot.rows.SnapshotRows;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** The blobs of a version as one Arrow stream, a batch per blob, fetched as they are read. */
final class BlobsReader extends ArrowReader {
    private final TableSchema schema;
    private final SnapshotReader snapshots;
    private final SnapshotRows rows;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long read;

    BlobsReader(Manifest manifest, SnapshotReader snapshots, BufferAllocator allocator) {
        super(allocator);
        this.schema = manifest.schema();
        this.snapshots = snapshots;
        this.rows = new SnapshotRows(manifest, snapshots, allocator);
        manifest.parts().forEach(this::enqueue);
    }

    private void enqueue(PartRef part) {
        BitSet hidden = rows.hidden(part);
        long first = 0;
        for (BlobRef blob : part.blobs()) {
            waiting.add(new Waiting(part, blob, hidden, first));
            first += blob.rows();
        }
    }

    /** A blob to be read: {@code first} is its first row, counted over its part. */
    private record Waiting(PartRef part, BlobRef blob, BitSet hidden, long first) {}

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
        prepareLoadNextBatch();
        Waiting next = waiting.poll();
        if (next == null) {
            return false;
        }
        byte[] bytes = snapshots.blobs(List.of(next.blob())).get(0);
        read += bytes.length;
        try (VectorSchemaRoot decoded = rows.visible(bytes, next.part(), next.hidden(), next.first());
                ArrowRecordBatch batch = new VectorUnloader(decoded).getRecordBatch()) {
            loadRecordBatch(batch);
        }
        return true;
    }

    @Override
    public long bytesRead() {
        return read;
    }

    @Override
    protected void closeReadSource() {
        waiting.clear();
    }

    @Override
    protected Schema readSchema() {
        return ArrowSchemas.schema(schema.storedColumns());
    }
}
