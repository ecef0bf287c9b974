package io.ghala.snapshot.parquet.encode;

import java.util.Arrays;

/** Whole numbers that grow. */
final class Ints {
    private int[] values = new int[1024];
    private int size;

    void add(int value) {
        reserve(1);
        values[size++] = value;
    }

    /** Adds {@code value} {@code times} over. */
    void fill(int value, int times) {
        reserve(times);
        Arrays.fill(values, size, size + times, value);
        size += times;
    }

    private void reserve(int more) {
        if (size + more > values.length) {
            values = Arrays.copyOf(values, Math.max(size + more, 2 * values.length));
        }
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    /** The numbers, longer than {@link #size()}; good until the next change. */
    int[] array() {
        return values;
    }
}
