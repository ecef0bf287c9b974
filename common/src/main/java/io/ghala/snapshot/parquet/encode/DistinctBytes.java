package io.ghala.snapshot.parquet.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers each distinct run of bytes in the order of first appearance; an open hash table with linear probing. */
final class DistinctBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final int mostBytes;
    private byte[] bytes = new byte[4096];
    private int[] offsets = new int[513];
    private int[] hashes = new int[512];
    private int[] slots = new int[1024];
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
        int hash = hash(from, offset, length);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (hashes[known] == hash
                    && Arrays.equals(bytes, offsets[known], offsets[known + 1], from, offset, offset + length)) {
                return known;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (offsets[size] + (long) length + (long) Integer.BYTES * (size + 1) > mostBytes) {
            return -1;
        }
        if (size == hashes.length) {
            grow();
            return code(from, offset, length);
        }
        add(from, offset, length);
        hashes[size++] = hash;
        slots[slot] = size;
        return size - 1;
    }

    private void add(byte[] from, int offset, int length) {
        int end = offsets[size] + length;
        if (end + Long.BYTES > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end + Long.BYTES, 2 * bytes.length));
        }
        System.arraycopy(from, offset, bytes, offsets[size], length);
        offsets[size + 1] = end;
    }

    private static int hash(byte[] from, int offset, int length) {
        long hash = length * MIX;
        int at = offset;
        for (int end = offset + length - Long.BYTES; at < end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(from, at));
        }
        int rest = offset + length - at;
        if (rest > 0) {
            hash = mix(hash ^ ((long) LONG.get(from, at) << (Long.SIZE - rest * Byte.SIZE)));
        }
        return (int) (hash >>> 32);
    }

    private static long mix(long value) {
        long product = value * MIX;
        return product ^ (product >>> 29);
    }

    private void grow() {
        offsets = Arrays.copyOf(offsets, 2 * hashes.length + 1);
        hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        slots = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            int slot = hashes[i] & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
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
