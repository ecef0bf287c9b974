package io.ghala.snapshot.parquet.encode;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * Gathers the repetition and definition levels of one leaf, and its values that are not null, over the batches of a row
 * group (Dremel encoding; see the Parquet format's nested encoding). Levels are kept only where they differ from those
 * of a flat column without nulls.
 */
final class Striper {
    private final LeafPath path;
    private final int greatestDefinition;
    private final boolean repeated;
    private final LeafValues values;
    private final Ints repetitions;
    private final Ints definitions;
    private final Ints present;
    private boolean nulls;
    private int entries;

    Striper(LeafPath path, ColumnDescriptor leaf, LeafValues values, EncodingBuffers buffers) {
        this.path = path;
        this.greatestDefinition = leaf.getMaxDefinitionLevel();
        this.repeated = leaf.getMaxRepetitionLevel() > 0;
        this.values = values;
        this.repetitions = buffers.repetitions;
        this.definitions = buffers.definitions;
        this.present = buffers.present;
    }

    /** Adds {@code rows} rows of {@code column}, those from {@code first} on. */
    void add(FieldVector column, int first, int rows) {
        if (path.steps().isEmpty()) {
            addFlat(column, first, rows);
        } else {
            addNested(column, first, rows);
        }
    }

    private void addFlat(FieldVector column, int first, int rows) {
        if (column.getNullCount() == 0) {
            if (nulls) {
                definitions.fill(greatestDefinition, rows);
            }
            values.append(column, first, rows);
        } else {
            keepDefinitions();
            present.clear();
            for (int row = first; row < first + rows; row++) {
                boolean isNull = column.isNull(row);
                definitions.add(isNull ? 0 : greatestDefinition);
                if (!isNull) {
                    present.add(row);
                }
            }
            values.append(column, present.array(), present.size());
        }
        entries += rows;
    }

    private void keepDefinitions() {
        if (!nulls) {
            definitions.fill(greatestDefinition, entries);
            nulls = true;
        }
    }

    private void addNested(FieldVector column, int first, int rows) {
        keepDefinitions();
        List<FieldVector> chain = new ArrayList<>(List.of(column));
        FieldVector at = column;
        for (int step : path.steps()) {
            at = child(at, step);
            chain.add(at);
        }
        present.clear();
        Walk walk = new Walk(chain.toArray(new FieldVector[0]));
        for (int row = first; row < first + rows; row++) {
            walk.put(0, row, 0, 0, 0);
        }
        values.append(at, present.array(), present.size());
        entries = definitions.size();
    }

    private static FieldVector child(FieldVector vector, int step) {
        if (vector instanceof MapVector map) {
            return ((StructVector) map.getDataVector()).getChildrenFromFields().get(step);
        }
        if (vector instanceof ListVector list) {
            return list.getDataVector();
        }
        return ((StructVector) vector).getChildrenFromFields().get(step);
    }

    /** Whether the leaf lies in a list or a map, so that {@link #repetitions()} are given. */
    boolean repeats() {
        return repeated;
    }

    /** The definition level of a value that is not null. */
    int greatestDefinition() {
        return greatestDefinition;
    }

    int[] repetitions() {
        return repetitions.array();
    }

    /** Whether {@link #definitions()} are given; otherwise every value is present. */
    boolean hasNulls() {
        return nulls;
    }

    int[] definitions() {
        return definitions.array();
    }

    /** Values and nulls, empty lists counting as one. */
    int entries() {
        return entries;
    }

    /** The walk from a row down to the values of the leaf. */
    private final class Walk {
        private final FieldVector[] chain;

        Walk(FieldVector[] chain) {
            this.chain = chain;
        }

        /** {@code definition} is the level of a null at this place. */
        void put(int depth, int index, int repetition, int definition, int lists) {
            FieldVector vector = chain[depth];
            if (vector.isNull(index)) {
                entry(repetition, definition);
            } else if (depth == chain.length - 1) {
                entry(repetition, greatestDefinition);
                present.add(index);
            } else if (vector instanceof ListVector list) {
                int start = list.getElementStartIndex(index);
                int end = list.getElementEndIndex(index);
                if (start == end) {
                    entry(repetition, definition + 1);
                }
                for (int i = start; i < end; i++) {
                    put(depth + 1, i, i == start ? repetition : lists + 1, definition + 2, lists + 1);
                }
            } else {
                put(depth + 1, index, repetition, definition + 1, lists);
            }
        }

        private void entry(int repetition, int definition) {
            if (repeated) {
                repetitions.add(repetition);
            }
            definitions.add(definition);
        }
    }
}
