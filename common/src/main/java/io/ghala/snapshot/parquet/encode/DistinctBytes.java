package io.ghala.snapshot.parquet.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers each distinct run of bytes in the order of first appearance; an open hash table with linear probing. The
 * first and the last eight bytes of each are kept as numbers, so that values of up to sixteen are compared without a
 * loop.
 */
final class DistinctBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;
    private static final int ENDS = 2 * Long.BYTES;

    private final int mostBytes;
    private byte[] bytes = new byte[4096];
    private int[] offsets = new int[513];
    private long[] heads = new long[512];
    private long[] tails = new long[512];
    /** The hash in the upper half, the number plus one in the lower. */
    private long[] slots = new long[1024];

    private int shift = Integer.SIZE - 10;
    private int size;

    /** Takes distinct values of at most {@code mostBytes} together, each with four bytes for its length. */
    DistinctBytes(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * The number of the {@code length} bytes at {@code offset}, or -1 where they would be too many.
     *
     * @param from holds at least eight more bytes behind the value
     */
    int code(byte[] from, int offset, int length) {
        long head = (long) LONG.get(from, offset);
        long tail = 0;
        if (length < Long.BYTES) {
            head &= (1L << (length * Byte.SIZE)) - 1;
        } else {
            tail = (long) LONG.get(from, offset + length - Long.BYTES);
        }
        long mixed = mix(mix(head + length) ^ tail);
        if (length > ENDS) {
            mixed = mixMiddle(mixed, from, offset, length);
        }
        int hash = (int) (mixed >>> Integer.SIZE);
        int at = hash >>> shift;
        for (long slot = slots[at]; slot != 0; slot = slots[at]) {
            int known = (int) slot - 1;
            if ((int) (slot >>> Integer.SIZE) == hash
                    && heads[known] == head
                    && tails[known] == tail
                    && offsets[known + 1] - offsets[known] == length
                    && (length <= ENDS || sameMiddle(known, from, offset, length))) {
                return known;
            }
            at = (at + 1) & (slots.length - 1);
        }
        return add(from, offset, length, head, tail, hash);
    }

    private static long mix(long value) {
        return (value ^ (value >>> 32)) * MIX;
    }

    private static long mixMiddle(long before, byte[] from, int offset, int length) {
        long mixed = before;
        int end = offset + length - Long.BYTES;
        for (int at = offset + Long.BYTES; at < end; at += Long.BYTES) {
            // The last one may reach into the tail, which is part of the value too.
            mixed = mix(mixed ^ (long) LONG.get(from, at));
        }
        return mixed;
    }

    private boolean sameMiddle(int known, byte[] from, int offset, int length) {
        return Arrays.equals(
                bytes,
                offsets[known] + Long.BYTES,
                offsets[known] + length - Long.BYTES,
                from,
                offset + Long.BYTES,
                offset + length - Long.BYTES);
    }

    private int add(byte[] from, int offset, int length, long head, long tail, int hash) {
        int end = offsets[size] + length;
        if (end < 0 || end + (long) Integer.BYTES * (size + 1) > mostBytes) {
            return -1;
        }
        if (size == heads.length) {
            grow();
        }
        if (end + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + Long.BYTES, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, offsets[size], length);
        heads[size] = head;
        tails[size] = tail;
        offsets[++size] = end;
        put(((long) hash << Integer.SIZE) | size);
        return size - 1;
    }

    private void grow() {
        offsets = Arrays.copyOf(offsets, 2 * heads.length + 1);
        heads = Arrays.copyOf(heads, 2 * heads.length);
        tails = Arrays.copyOf(tails, 2 * tails.length);
        long[] before = slots;
        slots = new long[2 * before.length];
        shift--;
        for (long slot : before) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private void put(long slot) {
        // The upper bits of a product depend on all bits of what was multiplied.
        int at = (int) (slot >>> Integer.SIZE) >>> shift;
        while (slots[at] != 0) {
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = slot;
    }

    int size() {
        return size;
    }

    /** The distinct values one after the other, with room for eight bytes behind them. */
    byte[] bytes() {
        return bytes;
    }

    /** Where each begins, and where the last ends. */
    int[] offsets() {
        return offsets;
    }
}
