package io.ghala.snapshot.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/** Rows that were decoded into vectors. */
final class VectorBlobRows implements BlobRows {
    private final ArrowRecordBatch batch;

    /** {@code rows} stay the caller's. */
    VectorBlobRows(VectorSchemaRoot rows) {
        this.batch = new VectorUnloader(rows).getRecordBatch();
    }

    @Override
    public int rows() {
        return batch.getLength();
    }

    @Override
    public ArrowFieldNode node(int index) {
        return batch.getNodes().get(index);
    }

    @Override
    public ByteBuffer buffer(int index) {
        ArrowBuf buffer = batch.getBuffers().get(index);
        return buffer.capacity() == 0
                ? ByteBuffer.allocate(0)
                : buffer.nioBuffer(0, Math.toIntExact(buffer.capacity())).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        batch.close();
    }
}
