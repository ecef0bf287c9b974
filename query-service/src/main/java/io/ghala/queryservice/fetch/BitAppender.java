package io.ghala.queryservice.fetch;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;

/** Fills a buffer with bits, the lowest of a byte first. */
final class BitAppender {
    private final ArrowBuf target;
    private long at;

    BitAppender(ArrowBuf target) {
        this.target = target;
    }

    /** How many bytes so many bits take. */
    static long bytes(long bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    /** Appends ones. */
    void ones(int count) {
        if (count == 0) {
            return;
        }
        long first = at / Byte.SIZE;
        int shift = (int) (at % Byte.SIZE);
        at += count;
        if (shift != 0) {
            target.setByte(first, (target.getByte(first) & lowest(shift)) | ~lowest(shift));
            first++;
        }
        target.setOne(first, bytes(at) - first);
    }

    /** Appends the first bits of {@code from}. */
    void bits(ByteBuffer from, int count) {
        if (count == 0) {
            return;
        }
        long first = at / Byte.SIZE;
        int shift = (int) (at % Byte.SIZE);
        at += count;
        if (shift == 0) {
            target.setBytes(first, from.slice(0, (int) bytes(count)));
        } else {
            shifted(from, (int) bytes(count), first, shift);
        }
    }

    private void shifted(ByteBuffer from, int bytes, long first, int shift) {
        ByteBuffer to = target.nioBuffer(first, (int) (bytes(at) - first));
        int carried = to.get(0) & lowest(shift);
        for (int i = 0; i < to.capacity(); i++) {
            int bits = i < bytes ? from.get(i) & 0xFF : 0;
            to.put(i, (byte) (carried | bits << shift));
            carried = bits >> (Byte.SIZE - shift);
        }
    }

    private static int lowest(int bits) {
        return (1 << bits) - 1;
    }
}
