package io.ghala.refresher.verify.hash;

import java.util.Arrays;

/** The hashes of rows as a multiset. */
public final class RowSet {
    public static final RowSet EMPTY = new RowSet();
    private long[] hashes = new long[1];
    private int size;

    void add(long hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash;
    }

    public int size() {
        return size;
    }

    /** The hashes that are here more often than in {@code other}, ascending. */
    public long[] minus(RowSet other) {
        long[] here = sorted();
        long[] there = other.sorted();
        long[] rest = new long[here.length];
        int count = 0;
        int t = 0;
        for (long hash : here) {
            while (t < there.length && there[t] < hash) {
                t++;
            }
            if (t < there.length && there[t] == hash) {
                t++;
            } else {
                rest[count++] = hash;
            }
        }
        return Arrays.copyOf(rest, count);
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(hashes, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
