package io.ghala.refresher.index;

import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.snapshot.PartRef;
import io.ghala.type.TableEvidence;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Where the values of a part's rows are. */
public sealed interface RowData {
    /** Bytes of the column that tells a row's write, about. */
    int VERSION_BYTES = 20;

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

    /** In memory, as they were just read. */
    final class Fresh implements RowData {
        private final List<SourceRows> sources;
        private final int[] firstRows;
        private final Set<TableEvidence> evidence = Collections.newSetFromMap(new IdentityHashMap<>());
        private final double bytesPerRow;

        /**
         * Takes rows over.
         *
         * @param firstRows the part's row at which each of {@code sources} begins; a delete takes one row without
         *     values
         * @param rows of all sources
         */
        Fresh(List<SourceRows> sources, int[] firstRows, int rows) {
            this.sources = List.copyOf(sources);
            this.firstRows = firstRows;
            double bytes = 0;
            Set<RowBatch> batches = Collections.newSetFromMap(new IdentityHashMap<>());
            TableEvidence last = TableEvidence.NOTHING;
            RowBatch lastBatch = null;
            for (SourceRows source : this.sources) {
                bytes += (double) source.rows() * (source.file().length() + VERSION_BYTES);
                if (source.batch() != lastBatch) {
                    lastBatch = source.batch();
                    bytes += batches.add(lastBatch) ? lastBatch.bytes() : 0;
                }
                if (!source.evidence().equals(last)) {
                    last = source.evidence();
                    evidence.add(last);
                }
            }
            this.bytesPerRow = bytes / Math.max(1, rows);
        }

        /** Whose rows the part has, one after the other. */
        public List<SourceRows> sources() {
            return sources;
        }

        /**
         * The source that the part's row is of: {@code from}, or one after it. Sources without rows share their first
         * row with the next.
         */
        public int sourceOf(int row, int from) {
            if (from + 1 >= firstRows.length || firstRows[from + 1] > row) {
                return from;
            }
            int low = from + 1;
            int high = firstRows.length;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (firstRows[middle] <= row) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** Where in its batch the part's row is, which is of this source. */
        public int rowInBatch(int row, int source) {
            return sources.get(source).firstRow() + row - firstRows[source];
        }

        /** What the sources say about types, each once. */
        public Collection<TableEvidence> evidence() {
            return Collections.unmodifiableCollection(evidence);
        }

        /** Bytes of an average row as Arrow vectors, about. */
        public double bytesPerRow() {
            return bytesPerRow;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fresh(this);
        }
    }
}
