package io.ghala.refresher.index;

import java.util.BitSet;

/** The keys and files of a part by row, for copying rows to other parts. Immutable: several threads may read it. */
public final class RowOrigins {
    private final PartIndex index;
    private final long[] high;
    private final int[] low;
    private final BitSet present = new BitSet();

    public RowOrigins(PartIndex index) {
        this.index = index;
        high = new long[index.rows()];
        low = new int[index.rows()];
        KeyIndex keys = index.keys();
        for (int i = 0; i < keys.size(); i++) {
            high[keys.row(i)] = keys.high(i);
            low[keys.row(i)] = keys.low(i);
            present.set(keys.row(i));
        }
    }

    /** Adds {@code rows}, which ascend, to {@code to}. */
    public void copy(int[] rows, PartIndexBuilder to) {
        int run = -1;
        int end = 0;
        for (int row : rows) {
            if (row >= end) {
                run = row == end && run >= 0 ? run + 1 : index.runOf(row);
                end = index.runEnd(run);
            }
            copy(row, run, to);
        }
    }

    private void copy(int row, int run, PartIndexBuilder to) {
        to.row(index.files().get(index.runFiles()[run]));
        if (present.get(row)) {
            to.key(high[row], low[row]);
        }
        OpRows ops = index.writeOf(row);
        if (ops != null) {
            to.write(ops.streamId(row), ops.isDelete(row), ops.evidenceOf(row));
        }
    }

    /** The row's key as 24 hexadecimal digits, empty where the row has no id. */
    public String keyText(int row) {
        return present.get(row) ? String.format("%016x%08x", high[row], low[row]) : "";
    }
}
