package io.ghala.refresher.typed.arrow;

import io.ghala.refresher.typed.RefusedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/** Refuses files of big-endian machines, whose numbers Arrow for Java takes for others without a word. */
final class ArrowByteOrder {
    private static final int CONTINUATION = -1;
    private static final int MAGIC_BYTES = 6;
    private static final int MOST_METADATA = 64 * 1024 * 1024;

    private ArrowByteOrder() {}

    /** Looks at the schema at the beginning of a stream and goes back to where it was. */
    static void checkStream(SeekableByteChannel channel) throws IOException {
        long start = channel.position();
        ByteBuffer bytes = read(channel, start, 2 * Integer.BYTES);
        if (bytes.remaining() == 2 * Integer.BYTES) {
            boolean continued = bytes.getInt(0) == CONTINUATION;
            int length = bytes.getInt(continued ? Integer.BYTES : 0);
            Message message = Message.getRootAsMessage(
                    read(channel, start + (continued ? 2L : 1L) * Integer.BYTES, Math.min(length, MOST_METADATA)));
            if (message.headerType() == MessageHeader.Schema) {
                require((Schema) message.header(new Schema()));
            }
        }
        channel.position(start);
    }

    /** Looks at the schema at the end of a file and goes back to where it was. */
    static void checkFile(SeekableByteChannel channel) throws IOException {
        long start = channel.position();
        long end = channel.size() - MAGIC_BYTES - Integer.BYTES;
        if (end > 0) {
            int length = read(channel, end, Integer.BYTES).getInt(0);
            if (length > 0 && length <= Math.min(end, MOST_METADATA)) {
                require(Footer.getRootAsFooter(read(channel, end - length, length))
                        .schema());
            }
        }
        channel.position(start);
    }

    private static void require(@Nullable Schema schema) throws RefusedFileException {
        if (schema != null && schema.endianness() == Endianness.Big) {
            throw new RefusedFileException(
                    "it was written in the byte order of big-endian machines: write it anew in little-endian order");
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.max(0, length)).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(at);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // A channel may give fewer bytes than asked for.
        }
        return bytes.flip();
    }
}
