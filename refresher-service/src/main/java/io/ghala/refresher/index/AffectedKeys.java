package io.ghala.refresher.index;

import java.util.Arrays;

/** Keys of rows whose visibility must be decided again; the same key may be in it several times. */
final class AffectedKeys {
    private long[] high = new long[64];
    private int[] low = new int[64];
    private int size;

    void add(long keyHigh, int keyLow) {
        if (size == high.length) {
            high = Arrays.copyOf(high, size * 2);
            low = Arrays.copyOf(low, size * 2);
        }
        high[size] = keyHigh;
        low[size++] = keyLow;
    }

    int size() {
        return size;
    }

    long high(int i) {
        return high[i];
    }

    int low(int i) {
        return low[i];
    }
}
