package io.ghala.queryservice.fetch;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** A record batch in the making: the nodes and buffers of its columns, in the order of the fields, depth first. */
final class ColumnBuffers implements AutoCloseable {
    private final BufferAllocator allocator;
    private final List<ArrowFieldNode> nodes = new ArrayList<>();
    private final List<ArrowBuf> buffers = new ArrayList<>();

    ColumnBuffers(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /** Adds a column, whose buffers come next, or one inside of it. */
    void column(long rows, long nulls) {
        nodes.add(new ArrowFieldNode(rows, nulls));
    }

    /** Adds a buffer of exactly so many bytes, which are the caller's to set, all of them. */
    ArrowBuf buffer(long bytes) {
        ArrowBuf buffer = allocator.buffer(bytes);
        buffer.writerIndex(bytes);
        buffers.add(buffer);
        return buffer;
    }

    /** What was added, for the caller to close. */
    ArrowRecordBatch batch(int rows) {
        return new ArrowRecordBatch(rows, List.copyOf(nodes), List.copyOf(buffers));
    }

    /** Lets go of the buffers; a batch of them keeps its own hold. */
    @Override
    public void close() {
        buffers.forEach(ArrowBuf::close);
        buffers.clear();
    }
}
