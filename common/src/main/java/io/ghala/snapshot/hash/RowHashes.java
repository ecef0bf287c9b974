package io.ghala.snapshot.hash;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A 64-bit hash per row over its visible columns and {@code _version}, column by column. Nulls add nothing and names
 * are folded, so a row keeps its hash when the table gets another column, when a part does not store a column that is
 * null in it, and when a column's type widens in a way that {@link io.ghala.snapshot.arrow.PartCasts} does exactly.
 * {@code _file} does not count: merging files changes no row.
 */
public final class RowHashes {

    private RowHashes() {}

    /** One hash per row of {@code root}. */
    public static long[] of(VectorSchemaRoot root) {
        long[] hashes = new long[root.getRowCount()];
        List<FieldVector> vectors = root.getFieldVectors();
        for (FieldVector vector : vectors) {
            if (!vector.getName().equals(TableSchema.FILE_COLUMN)) {
                addColumn(vector, hashes);
            }
        }
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] = Xxh64.mix(hashes[row]);
        }
        return hashes;
    }

    /** What the value of {@code vector} in each row adds to the row's hash; 0 for null. */
    public static long[] ofColumn(FieldVector vector) {
        long[] hashes = new long[vector.getValueCount()];
        addColumn(vector, hashes);
        return hashes;
    }

    /** Adds what a column gives to each row's hash. */
    private static void addColumn(FieldVector vector, long[] hashes) {
        long name = nameSeed(vector.getName());
        ValueHash values = ValueHash.of(vector);
        for (int row = 0; row < hashes.length; row++) {
            hashes[row] += ofValue(vector, values, row, name);
        }
    }

    private static long ofValue(FieldVector vector, ValueHash values, int row, long name) {
        return vector.isNull(row) ? 0 : Xxh64.mix(values.of(row) + name);
    }

    /** What tells equal values of different columns or fields apart. */
    static long nameSeed(String name) {
        byte[] folded = Column.fold(name).getBytes(StandardCharsets.UTF_8);
        return Xxh64.hash(folded, 0, folded.length, 0);
    }
}
