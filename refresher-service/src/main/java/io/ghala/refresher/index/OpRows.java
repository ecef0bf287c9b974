package io.ghala.refresher.index;

import io.ghala.model.StreamId;
import io.ghala.type.TableEvidence;
import java.util.BitSet;
import java.util.List;

/**
 * The writes among the rows of a part. Every write is a row; that of a delete is empty and never shows. Immutable.
 *
 * @param millis and {@code sequences}: the stream id of each row's write; zero for a row of a plain file
 * @param evidence each row's place in {@code evidences}, for writes
 */
@SuppressWarnings("ArrayRecordComponent") // columns of a part: handed over once, never changed, never compared
record OpRows(long[] millis, long[] sequences, BitSet deletes, int[] evidence, List<TableEvidence> evidences) {
    boolean isOp(int row) {
        return millis[row] != 0;
    }

    boolean isDelete(int row) {
        return deletes.get(row);
    }

    StreamId streamId(int row) {
        return new StreamId(millis[row], sequences[row]);
    }

    TableEvidence evidenceOf(int row) {
        return evidences.get(evidence[row]);
    }
}
