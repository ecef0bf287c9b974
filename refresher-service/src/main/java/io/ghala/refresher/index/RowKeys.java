package io.ghala.refresher.index;

import java.util.BitSet;

/** The keys of a part by row instead of by key. */
public final class RowKeys {
    private final long[] high;
    private final int[] low;
    private final BitSet present = new BitSet();

    public RowKeys(PartIndex index) {
        high = new long[index.rows()];
        low = new int[index.rows()];
        KeyIndex keys = index.keys();
        for (int i = 0; i < keys.size(); i++) {
            high[keys.row(i)] = keys.high(i);
            low[keys.row(i)] = keys.low(i);
            present.set(keys.row(i));
        }
    }

    boolean has(int row) {
        return present.get(row);
    }

    long high(int row) {
        return high[row];
    }

    int low(int row) {
        return low[row];
    }
}
