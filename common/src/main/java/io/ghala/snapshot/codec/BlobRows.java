package io.ghala.snapshot.codec;

import java.nio.ByteBuffer;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/**
 * The rows of a blob as the buffers of Arrow's columnar format, for who copies them on: nodes and buffers of the stored
 * columns, depth first, as in a record batch. A buffer may be longer than its values are.
 */
public interface BlobRows extends AutoCloseable {
    int rows();

    ArrowFieldNode node(int index);

    /** A view of its own, little-endian, from its first byte on. */
    ByteBuffer buffer(int index);

    @Override
    void close();
}
