package io.ghala.refresher.read.format;

import com.github.luben.zstd.ZstdInputStream;
import io.ghala.folder.DataName.Packing;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.UnreadableFileException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Opens a file's bytes, unpacked, never following a link, with caps on both sizes. */
public final class FileBytes {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final int BUFFER = 64 * 1024;

    private FileBytes() {}

    public static InputStream open(Path file, Packing packing, ReadLimits limits) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file, READ);
        try {
            long size = channel.size();
            if (size > limits.maxFileBytes()) {
                throw new UnreadableFileException("it has " + size + " bytes, more than the " + limits.maxFileBytes()
                        + " of ghala.refresher.max-file-bytes");
            }
            InputStream raw = Channels.newInputStream(channel);
            // An empty file is no rows in any packing.
            return packing == Packing.NONE || size == 0 ? raw : new Capped(unpacked(raw, packing), limits);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a small file into a buffer.
     *
     * @param expected bytes that the file is expected to have
     * @param most bytes to read at most
     * @return how many were read, {@code most} when the file may have more
     */
    public static int read(Path file, long expected, byte[] into, int offset, int most) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(into, offset, most);
            int total = 0;
            while (buffer.hasRemaining()) {
                int got = channel.read(buffer);
                total += Math.max(0, got);
                // A regular file gives less than was asked for at its end; that its size is as expected saves asking
                // again.
                if (got < 0 || total == expected) {
                    return total;
                }
            }
            return total;
        }
    }

    private static InputStream unpacked(InputStream raw, Packing packing) throws IOException {
        return packing == Packing.GZIP ? new GZIPInputStream(raw, BUFFER) : new ZstdInputStream(raw);
    }

    /** Fails once more was unpacked than allowed: a small file may unpack to anything. */
    private static final class Capped extends FilterInputStream {
        private final long cap;
        private long seen;

        Capped(InputStream in, ReadLimits limits) {
            super(in);
            this.cap = limits.maxUnpackedBytes();
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int bytes) {
            seen += bytes;
            if (seen > cap) {
                throw new UnreadableFileException(
                        "it unpacks to more than the " + cap + " bytes of ghala.refresher.max-unpacked-bytes");
            }
        }
    }
}
