package io.ghala.refresher.index;

import io.ghala.refresher.read.SourceRows;
import io.ghala.snapshot.PartRef;
import java.util.List;

/** Where the values of a part's rows are. */
public sealed interface RowData {
    <R> R accept(Visitor<R> visitor);

    /** One answer per kind. */
    interface Visitor<R> {
        R stored(Stored stored);

        R fresh(Fresh fresh);
    }

    /** In blobs. */
    record Stored(PartRef ref) implements RowData {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stored(this);
        }
    }

    /**
     * In memory, as they were just read.
     *
     * @param firstRows the part's row at which each of {@code sources} begins; a delete takes one row without values
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never changed, never compared
    record Fresh(List<SourceRows> sources, int[] firstRows) implements RowData {
        public Fresh {
            sources = List.copyOf(sources);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fresh(this);
        }
    }
}
