package io.ghala.snapshot.arrow;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Copies rows from vectors of one schema to vectors of another, by folded column name; what the source does not have
 * stays null.
 */
public final class VectorCopy {
    private final List<ColumnCopy> columns = new ArrayList<>();

    /**
     * A way from {@code from} to {@code to}, both with the stored columns of their schemas.
     *
     * @throws CorruptSnapshotException when a column cannot be cast exactly
     */
    public VectorCopy(VectorSchemaRoot from, TableSchema fromSchema, VectorSchemaRoot to, TableSchema toSchema) {
        List<Column> targets = toSchema.storedColumns();
        List<Column> sources = fromSchema.storedColumns();
        for (int t = 0; t < targets.size(); t++) {
            int s = position(sources, targets.get(t));
            if (s >= 0) {
                columns.add(column(from.getVector(s), sources.get(s), to.getVector(t), targets.get(t)));
            }
        }
    }

    private static int position(List<Column> columns, Column wanted) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).foldedName().equals(wanted.foldedName())) {
                return i;
            }
        }
        return -1;
    }

    private static ColumnCopy column(FieldVector source, Column from, FieldVector target, Column to) {
        if (from.type().equals(to.type())) {
            return (row, toRow) -> target.copyFromSafe(row, toRow, source);
        }
        PartCasts.Cast cast = PartCasts.cast(from.type(), to.type())
                .orElseThrow(() -> new CorruptSnapshotException(
                        "column " + to.name() + " is stored as " + from.type().sql() + ", which is not cast to "
                                + to.type().sql()));
        return (row, toRow) -> {
            if (!source.isNull(row)) {
                cast.copy(source, row, target, toRow);
            }
        };
    }

    /** Copies one row. */
    public void copy(int row, int toRow) {
        for (ColumnCopy column : columns) {
            column.copy(row, toRow);
        }
    }

    /** Copies the value of one column. */
    private interface ColumnCopy {
        void copy(int row, int toRow);
    }
}
