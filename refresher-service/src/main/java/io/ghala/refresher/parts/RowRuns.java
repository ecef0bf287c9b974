package io.ghala.refresher.parts;

import io.ghala.refresher.index.RowData;
import io.ghala.refresher.rows.SourceRows;
import java.util.Arrays;

/**
 * Rows of tokens that go into vectors one after the other, and which runs of them lie one after the other in a batch as
 * well.
 */
final class RowRuns {
    private final RowData.Fresh fresh;
    private final int[] sources;
    private final int[] batchRows;
    private int[] runEnds = new int[16];
    private int runs;

    /** Those from {@code from} to {@code to} of {@code rows}, which ascend. */
    RowRuns(RowData.Fresh fresh, int[] rows, int from, int to) {
        this.fresh = fresh;
        this.sources = new int[to - from];
        this.batchRows = new int[to - from];
        int source = 0;
        for (int i = 0; i < sources.length; i++) {
            source = fresh.sourceOf(rows[from + i], source);
            add(i, rows[from + i], source);
        }
        if (sources.length > 0) {
            endRun(sources.length);
        }
    }

    private void add(int i, int row, int source) {
        sources[i] = source;
        batchRows[i] = fresh.rowInBatch(row, source);
        if (i > 0 && !goesOn(i)) {
            endRun(i);
        }
    }

    private boolean goesOn(int i) {
        SourceRows source = source(i);
        return batchRows[i] == batchRows[i - 1] + 1
                && source.rows() > 0
                && (sources[i] == sources[i - 1]
                        || source.batch() == source(i - 1).batch())
                && source(i - 1).rows() > 0;
    }

    private void endRun(int end) {
        if (runs == runEnds.length) {
            runEnds = Arrays.copyOf(runEnds, 2 * runs);
        }
        runEnds[runs++] = end;
    }

    int count() {
        return sources.length;
    }

    /** Whose row it is; a delete has no row in its batch. */
    SourceRows source(int i) {
        return fresh.sources().get(sources[i]);
    }

    /** Whether row {@code i} is of the same source as the one before it. */
    boolean sameSource(int i) {
        return i > 0 && sources[i] == sources[i - 1];
    }

    /** The row in the batch of its source. */
    int inBatch(int i) {
        return batchRows[i];
    }

    int runs() {
        return runs;
    }

    int runStart(int run) {
        return run == 0 ? 0 : runEnds[run - 1];
    }

    int runEnd(int run) {
        return runEnds[run];
    }
}
