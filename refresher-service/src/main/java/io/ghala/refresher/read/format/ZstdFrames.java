package io.ghala.refresher.read.format;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of zstd frames on their way to be unpacked, watched for an end inside of a frame: zstd-jni says nothing of
 * one that is cut off when it has read it together with the one before. The frames are walked by RFC 8878, without
 * their content.
 */
final class ZstdFrames extends FilterInputStream {
    private static final int FRAME = 0xfd2fb528;
    private static final int SKIPPABLE = 0x184d2a50;
    private static final int CHECKSUM_BYTES = 4;
    private static final int RLE = 1;

    private Part part = Part.MAGIC;
    private Part next = Part.MAGIC;
    private long skip;
    private int have;
    private long value;
    private boolean checksum;

    ZstdFrames(InputStream in) {
        super(in);
    }

    /** What is read next, and how many bytes it has. */
    private enum Part {
        MAGIC(4),
        DESCRIPTOR(1),
        BLOCK(3),
        SKIPPED_SIZE(4);

        private final int bytes;

        Part(int bytes) {
            this.bytes = bytes;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = in.read(into, offset, length);
        if (got < 0 && (skip > 0 || part != Part.MAGIC || have > 0)) {
            throw new EOFException("the file ends inside of a frame");
        }
        for (int i = 0; i < got; ) {
            if (skip > 0) {
                int skipped = (int) Math.min(skip, got - i);
                skip -= skipped;
                i += skipped;
            } else {
                value |= (into[offset + i++] & 0xffL) << (Byte.SIZE * have++);
                if (have == part.bytes) {
                    have = 0;
                    long read = value;
                    value = 0;
                    take(read);
                }
            }
        }
        return got;
    }

    private void take(long read) throws IOException {
        switch (part) {
            case MAGIC -> magic((int) read);
            case DESCRIPTOR -> descriptor((int) read);
            case BLOCK -> block((int) read);
            case SKIPPED_SIZE -> {
                skip = read;
                next = Part.MAGIC;
            }
        }
        part = next;
    }

    private void magic(int magic) throws IOException {
        if (magic != FRAME && (magic & 0xfffffff0) != SKIPPABLE) {
            throw new IOException("something that is no frame follows");
        }
        next = magic == FRAME ? Part.DESCRIPTOR : Part.SKIPPED_SIZE;
    }

    private void descriptor(int bits) {
        int sizeFlag = bits >> 6;
        boolean single = (bits & 0x20) != 0;
        checksum = (bits & 4) != 0;
        int dictionary = (bits & 3) == 3 ? 4 : bits & 3;
        int size = sizeFlag == 0 ? (single ? 1 : 0) : 1 << sizeFlag;
        skip = (single ? 0 : 1) + (long) dictionary + size;
        next = Part.BLOCK;
    }

    private void block(int header) {
        boolean last = (header & 1) != 0;
        int type = header >> 1 & 3;
        skip = type == RLE ? 1 : header >> 3;
        if (last) {
            skip += checksum ? CHECKSUM_BYTES : 0;
        }
        next = last ? Part.MAGIC : Part.BLOCK;
    }
}
