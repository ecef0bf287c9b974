package io.ghala.refresher.build;

import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.read.RowBatch;
import io.ghala.refresher.read.SourceRows;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** How many bytes rows take as Arrow vectors, about. */
final class RowBytes {
    private static final int VERSION_BYTES = 20;

    private RowBytes() {}

    /** Bytes of all visible rows of a part. */
    static double visible(Part part) {
        return part.index().rows() == 0 ? 0 : perRow(part) * part.visibleRows();
    }

    /** Bytes of an average row of the part. */
    static double perRow(Part part) {
        return part.data().accept(new RowData.Visitor<>() {
            @Override
            public Double stored(RowData.Stored stored) {
                return (double) stored.ref().bytes() / Math.max(1, stored.ref().rows());
            }

            @Override
            public Double fresh(RowData.Fresh fresh) {
                return fresh(fresh, part.index().rows());
            }

            private double fresh(RowData.Fresh fresh, int rows) {
                double bytes = 0;
                Set<RowBatch> seen = Collections.newSetFromMap(new IdentityHashMap<>());
                for (SourceRows source : fresh.sources()) {
                    bytes += (double) source.rows() * (source.file().length() + VERSION_BYTES);
                    if (seen.add(source.batch())) {
                        bytes += source.batch().bytes();
                    }
                }
                return bytes / Math.max(1, rows);
            }
        });
    }
}
