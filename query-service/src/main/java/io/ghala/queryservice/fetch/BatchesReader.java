package io.ghala.queryservice.fetch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Record batches in memory as an Arrow stream. They are closed with this, if they were not read. */
public final class BatchesReader extends ArrowReader {
    private final Schema schema;
    private final Deque<ArrowRecordBatch> batches = new ArrayDeque<>();

    public BatchesReader(Schema schema, BufferAllocator allocator) {
        super(allocator);
        this.schema = schema;
    }

    public void add(ArrowRecordBatch batch) {
        batches.add(batch);
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        ArrowRecordBatch next = batches.poll();
        if (next == null) {
            return false;
        }
        loadRecordBatch(next);
        return true;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    protected void closeReadSource() {
        batches.forEach(ArrowRecordBatch::close);
        batches.clear();
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
