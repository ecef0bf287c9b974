package io.ghala.snapshot.parquet.encode;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import java.util.ArrayList;
import java.util.List;

/**
 * The way to one leaf: the position of its column, then one step for each vector that holds others: the position of a
 * struct's field, 0 for a list's elements, 0 for a map's keys and 1 for its values.
 */
public record LeafPath(int column, List<Integer> steps) {
    public LeafPath {
        steps = List.copyOf(steps);
    }

    /** The leaves of {@code columns} in the order of a Parquet schema. */
    public static List<LeafPath> of(List<Column> columns) {
        List<LeafPath> leaves = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            for (List<Integer> steps : leaves(columns.get(column).type())) {
                leaves.add(new LeafPath(column, steps));
            }
        }
        return leaves;
    }

    private static List<List<Integer>> leaves(ColumnType type) {
        return type.accept(new ColumnType.Visitor<>() {
            @Override
            public List<List<Integer>> scalar(ScalarType scalar) {
                return List.of(List.of());
            }

            @Override
            public List<List<Integer>> decimal(DecimalType decimal) {
                return List.of(List.of());
            }

            @Override
            public List<List<Integer>> list(ListType list) {
                return below(0, list.element());
            }

            @Override
            public List<List<Integer>> struct(StructType struct) {
                List<List<Integer>> leaves = new ArrayList<>();
                for (int field = 0; field < struct.fields().size(); field++) {
                    leaves.addAll(below(field, struct.fields().get(field).type()));
                }
                return leaves;
            }

            @Override
            public List<List<Integer>> map(MapType map) {
                List<List<Integer>> leaves = new ArrayList<>(List.of(List.of(0)));
                leaves.addAll(below(1, map.value()));
                return leaves;
            }
        });
    }

    private static List<List<Integer>> below(int step, ColumnType type) {
        List<List<Integer>> leaves = new ArrayList<>();
        for (List<Integer> rest : leaves(type)) {
            List<Integer> steps = new ArrayList<>(List.of(step));
            steps.addAll(rest);
            leaves.add(steps);
        }
        return leaves;
    }
}
