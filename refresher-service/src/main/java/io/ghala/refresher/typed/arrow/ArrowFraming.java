package io.ghala.refresher.typed.arrow;

import io.ghala.refresher.typed.RefusedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.vector.ipc.message.ArrowBlock;

/**
 * Checks that the messages of an Arrow file lie inside of the file, since Arrow takes as much memory as a damaged
 * length asks for.
 */
final class ArrowFraming {
    private static final int CONTINUATION = -1;
    private static final int MOST_METADATA = 64 * 1024 * 1024;

    private ArrowFraming() {}

    /** Walks the messages of a stream and goes back to where it was. */
    static void checkStream(SeekableByteChannel channel) throws IOException {
        long start = channel.position();
        long size = channel.size();
        int length = length(channel);
        while (length > 0) {
            require(length <= MOST_METADATA && length <= size - channel.position());
            Message message = Message.getRootAsMessage(read(channel, length));
            long body = message.bodyLength();
            require(body >= 0 && body <= size - channel.position());
            channel.position(channel.position() + body);
            length = channel.position() == size ? 0 : length(channel);
        }
        require(length == 0);
        channel.position(start);
    }

    private static int length(SeekableByteChannel channel) throws IOException {
        int length = read(channel, Integer.BYTES).getInt();
        return length == CONTINUATION ? read(channel, Integer.BYTES).getInt() : length;
    }

    private static ByteBuffer read(SeekableByteChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            require(channel.read(bytes) >= 0);
        }
        return bytes.flip();
    }

    static void checkBlocks(List<ArrowBlock> blocks, long size) throws RefusedFileException {
        for (ArrowBlock block : blocks) {
            require(block.getOffset() >= 0 && block.getOffset() <= size);
            require(block.getMetadataLength() > 0 && block.getMetadataLength() <= MOST_METADATA);
            require(block.getBodyLength() >= 0 && block.getBodyLength() <= size);
            require(block.getOffset() + block.getMetadataLength() + block.getBodyLength() <= size);
        }
    }

    private static void require(boolean inside) throws RefusedFileException {
        if (!inside) {
            throw new RefusedFileException(
                    "it is not a readable Arrow file: a message in it does not fit into the file's length");
        }
    }
}
