package io.ghala.refresher.fold;

import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.type.TableEvidence;
import java.util.List;

/** The visible rows of a table in their order (by file bytewise, then as in the file), and the evidence that its types follow from. */
public record Folded(List<VisibleRows> rows, TableEvidence evidence) {
    public Folded {
        rows = List.copyOf(rows);
    }

    public long rowCount() {
        return rows.stream().mapToLong(visible -> visible.count()).sum();
    }

    /** The rows of one source that show: all of them, or the listed indexes of its batch. */
    @SuppressWarnings("ArrayRecordComponent") // an index list of millions is neither copied nor compared
    public record VisibleRows(SourceRows source, int[] rows) {
        public int count() {
            return rows.length;
        }
    }
}
