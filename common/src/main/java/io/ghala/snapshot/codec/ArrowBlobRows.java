package io.ghala.snapshot.codec;

import io.ghala.snapshot.CorruptSnapshotException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.MessageMetadataResult;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** The record batch of an Arrow IPC stream of one batch, uncompressed, where it lies. */
final class ArrowBlobRows implements BlobRows {
    private final ByteBuffer body;
    private final RecordBatch batch;
    private final int rows;

    /** @throws CorruptSnapshotException when {@code bytes} are no such stream, or one with another schema */
    ArrowBlobRows(byte[] bytes, Schema expected) {
        try (ReadChannel in = new ReadChannel(new ByteArrayReadableSeekableByteChannel(bytes))) {
            Schema schema = MessageSerializer.deserializeSchema(in);
            if (!schema.equals(expected)) {
                throw new CorruptSnapshotException(
                        "an Arrow blob has the schema " + schema + " instead of " + expected);
            }
            @Nullable MessageMetadataResult message = MessageSerializer.readMessage(in);
            if (message == null || message.headerType() != MessageHeader.RecordBatch) {
                throw new CorruptSnapshotException("an Arrow blob holds no record batch");
            }
            this.batch = (RecordBatch) message.getMessage().header(new RecordBatch());
            this.body = ByteBuffer.wrap(bytes, (int) in.bytesRead(), Math.toIntExact(message.getMessageBodyLength()))
                    .slice();
            this.rows = Math.toIntExact(batch.length());
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new CorruptSnapshotException("an Arrow blob cannot be read: " + e.getMessage(), e);
        }
        if (batch.compression() != null) {
            throw new CorruptSnapshotException("an Arrow blob is compressed");
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public ArrowFieldNode node(int index) {
        FieldNode node = batch.nodes(index);
        return new ArrowFieldNode(node.length(), node.nullCount());
    }

    @Override
    public ByteBuffer buffer(int index) {
        Buffer buffer = batch.buffers(index);
        try {
            return body.slice(Math.toIntExact(buffer.offset()), Math.toIntExact(buffer.length()))
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new CorruptSnapshotException("an Arrow blob ends before its buffer " + index, e);
        }
    }

    @Override
    public void close() {
        // The bytes are the heap's.
    }
}
