package io.ghala.refresher.read.format;

import com.github.luben.zstd.ZstdInputStream;
import io.ghala.folder.DataName.Packing;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.EOFException;
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
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

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
            return packing == Packing.NONE || size == 0 ? raw : new Capped(unpacked(raw, packing), packing, limits);
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
        BufferedInputStream packed = new BufferedInputStream(raw, BUFFER);
        packed.mark(FileKind.LONGEST);
        byte[] head = packed.readNBytes(FileKind.LONGEST);
        packed.reset();
        FileKind own = packing == Packing.GZIP ? FileKind.GZIP : FileKind.ZSTD;
        if (!FileKind.of(head).equals(Optional.of(own))) {
            throw new UnreadableFileException("its name says that it is packed with " + own.shown()
                    + ", and its bytes are not: rename it or pack it anew");
        }
        try {
            return packing == Packing.GZIP
                    ? GzipCompressorInputStream.builder()
                            .setInputStream(packed)
                            .setDecompressConcatenated(true)
                            .get()
                    : new ZstdInputStream(new ZstdFrames(packed));
        } catch (IOException e) {
            throw damaged(e, packing, 0);
        }
    }

    private static UnreadableFileException damaged(IOException e, Packing packing, long unpacked) {
        String kind = packing == Packing.GZIP ? "gzip" : "zstd";
        String message = String.valueOf(e.getMessage());
        if (e instanceof EOFException || message.contains("Truncated")) {
            return new UnreadableFileException(
                    "its " + kind + " content is cut off somewhere after the first " + unpacked
                            + " unpacked bytes: copy it anew",
                    e);
        }
        return new UnreadableFileException(
                "its " + kind + " content is damaged, or something else follows it, somewhere after the first "
                        + unpacked + " unpacked bytes: copy it or pack it anew",
                e);
    }

    /** Fails once more was unpacked than allowed: a small file may unpack to anything. */
    private static final class Capped extends FilterInputStream {
        private final Packing packing;
        private final long cap;
        private long seen;

        Capped(InputStream in, Packing packing, ReadLimits limits) {
            super(in);
            this.packing = packing;
            this.cap = limits.maxUnpackedBytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int got = super.read(into, offset, length);
                count(Math.max(0, got));
                return got;
            } catch (IOException e) {
                throw damaged(e, packing, seen);
            }
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
