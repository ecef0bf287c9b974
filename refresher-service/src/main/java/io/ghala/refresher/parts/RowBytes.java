package io.ghala.refresher.parts;

import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.RowData;

/** How many bytes rows take as Arrow vectors, about. */
final class RowBytes {
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
                return fresh.bytesPerRow();
            }
        });
    }
}
