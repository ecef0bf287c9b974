package io.ghala.queryservice.load;

import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.ArrowSchemas;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.codec.BlobCodecs;
import java.util.ArrayDeque;
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
    private final BlobCodec codec;
    private final BufferAllocator memory;
    private final Deque<BlobRef> waiting = new ArrayDeque<>();
    private long read;

    BlobsReader(Manifest manifest, SnapshotReader snapshots, BufferAllocator allocator) {
        super(allocator);
        this.schema = manifest.schema();
        this.snapshots = snapshots;
        this.codec = BlobCodecs.of(manifest.format());
        this.memory = allocator;
        manifest.parts().forEach(part -> waiting.addAll(part.blobs()));
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
        prepareLoadNextBatch();
        BlobRef blob = waiting.poll();
        if (blob == null) {
            return false;
        }
        byte[] bytes = snapshots.blobs(List.of(blob)).get(0);
        read += bytes.length;
        try (VectorSchemaRoot decoded = codec.decode(bytes, schema, memory);
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
