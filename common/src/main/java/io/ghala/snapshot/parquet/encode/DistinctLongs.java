package io.ghala.snapshot.parquet.encode;

import java.util.Arrays;

/** Numbers each distinct value in the order of first appearance; an open hash table with linear probing. */
final class DistinctLongs {
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final int most;
    private long[] values = new long[512];
    private int[] slots = new int[1024];
    private int shift = Long.SIZE - 10;
    private int size;

    /** Takes at most {@code most} distinct values. */
    DistinctLongs(int most) {
        this.most = most;
    }

    /** The number of {@code value}, or -1 where it would be one too many. */
    int code(long value) {
        int slot = slot(value);
        while (slots[slot] != 0) {
            if (values[slots[slot] - 1] == value) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        if (size == most) {
            return -1;
        }
        if (size == values.length) {
            grow();
            return code(value);
        }
        values[size++] = value;
        slots[slot] = size;
        return size - 1;
    }

    private int slot(long value) {
        long mixed = (value ^ (value >>> 32)) * MIX;
        return (int) (mixed >>> shift);
    }

    private void grow() {
        values = Arrays.copyOf(values, 2 * values.length);
        slots = new int[2 * slots.length];
        shift--;
        for (int i = 0; i < size; i++) {
            int slot = slot(values[i]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i + 1;
        }
    }

    int size() {
        return size;
    }

    /** The distinct values, longer than {@link #size()}. */
    long[] values() {
        return values;
    }
}
