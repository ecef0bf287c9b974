package io.ghala.refresher.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one part come from. Immutable, and stored with the part, so that another process can go on from it.
 *
 * @param files the files that have rows in the part, or that have no rows at all and are remembered here
 * @param runStarts first row of each run of rows from one file, ascending
 * @param runFiles which of {@code files} each run is from
 * @param rowHashes hash of each row's visible values; none where only hidden rows are in the part
 * @param ops the writes among the rows, null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a part: handed over once, never changed, never compared
public record PartIndex(
        List<KnownFile> files,
        int rows,
        int[] runStarts,
        int[] runFiles,
        long[] rowHashes,
        KeyIndex keys,
        @Nullable OpRows ops) {

    /** Which of {@link #files} a row is from. */
    int fileOf(int row) {
        return runFiles[runOf(row)];
    }

    int runOf(int row) {
        int from = 0;
        int to = runStarts.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (runStarts[middle] <= row) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return from;
    }

    int runEnd(int run) {
        return run + 1 < runStarts.length ? runStarts[run + 1] : rows;
    }

    /** The writes if the row is one, else null. */
    @Nullable
    OpRows writeOf(int row) {
        return ops != null && ops.isOp(row) ? ops : null;
    }

    boolean isOp(int row) {
        return ops != null && ops.isOp(row);
    }

    /** The same index with a hash per row. */
    public PartIndex withHashes(long[] hashes) {
        return new PartIndex(files, rows, runStarts, runFiles, hashes, keys, ops);
    }
}
