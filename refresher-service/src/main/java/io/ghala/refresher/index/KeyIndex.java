package io.ghala.refresher.index;

import java.util.Arrays;

/**
 * The keys of a part's rows, sorted, each with its row. Sixteen bytes a row; rows without an id are not in it.
 * Immutable.
 */
public final class KeyIndex {
    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private final long[] high;
    private final int[] low;
    private final int[] row;

    /** From columns that are sorted by {@code high} already; they are handed over. */
    KeyIndex(long[] high, int[] low, int[] row) {
        this.high = high;
        this.low = low;
        this.row = row;
    }

    /** Sorts the first {@code size} keys, which are handed over. */
    static KeyIndex sorted(long[] high, int[] low, int[] row, int size) {
        long[] keys = Arrays.copyOf(high, size);
        int[] order = order(keys);
        int[] lows = new int[size];
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            lows[i] = low[order[i]];
            rows[i] = row[order[i]];
        }
        return new KeyIndex(keys, lows, rows);
    }

    /** Sorts {@code keys} unsigned by least significant digit first, which is stable; returns where each came from. */
    private static int[] order(long[] keys) {
        int size = keys.length;
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        long[] from = keys;
        long[] to = new long[size];
        int[] orderTo = new int[size];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            int[] starts = new int[DIGITS + 1];
            for (long key : from) {
                starts[digit(key, shift) + 1]++;
            }
            for (int i = 0; i < DIGITS; i++) {
                starts[i + 1] += starts[i];
            }
            for (int i = 0; i < size; i++) {
                int at = starts[digit(from[i], shift)]++;
                to[at] = from[i];
                orderTo[at] = order[i];
            }
            long[] keysBefore = from;
            from = to;
            to = keysBefore;
            int[] orderBefore = order;
            order = orderTo;
            orderTo = orderBefore;
        }
        if (from != keys) {
            System.arraycopy(from, 0, keys, 0, size);
        }
        return order;
    }

    private static int digit(long key, int shift) {
        return (int) (key >>> shift) & (DIGITS - 1);
    }

    /** The columns; not to be changed. */
    long[] highs() {
        return high;
    }

    int[] lows() {
        return low;
    }

    int[] rows() {
        return row;
    }

    int size() {
        return high.length;
    }

    long high(int position) {
        return high[position];
    }

    int low(int position) {
        return low[position];
    }

    int row(int position) {
        return row[position];
    }

    /** The first position whose key may be the one with these bits, or {@link #size()}. */
    int first(long keyHigh) {
        int from = 0;
        int to = high.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Long.compareUnsigned(high[middle], keyHigh) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Takes a row that has the key. */
    interface Visitor {
        void row(int row);
    }

    /** Calls {@code visitor} for each row with the key. */
    void rows(long keyHigh, int keyLow, Visitor visitor) {
        for (int at = first(keyHigh); at < high.length && high[at] == keyHigh; at++) {
            if (low[at] == keyLow) {
                visitor.row(row[at]);
            }
        }
    }
}
