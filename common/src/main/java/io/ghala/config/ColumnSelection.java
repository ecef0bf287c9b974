package io.ghala.config;

import io.ghala.model.Column;
import io.ghala.model.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Columns named by table: {@code orders.city, *.id} are city of orders and id of every table that has it. */
public record ColumnSelection(List<Item> items) {
    public static final ColumnSelection NONE = new ColumnSelection(List.of());

    private static final String EVERY_TABLE = "*";

    public ColumnSelection {
        items = List.copyOf(items);
    }

    /** One column; an empty {@code table} stands for every table. */
    public record Item(Optional<TableName> table, String column) {}

    /**
     * Parses {@code table.column} with commas between them.
     *
     * @throws IllegalArgumentException when one has no table or no column
     */
    public static ColumnSelection parse(String text) {
        List<Item> items = new ArrayList<>();
        for (String item : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int dot = item.indexOf('.');
            if (dot < 0 || item.substring(dot + 1).isBlank()) {
                throw new IllegalArgumentException(
                        "'" + item.strip() + "' is not of the form table.column; *.column means every table");
            }
            String table = item.substring(0, dot).strip();
            items.add(new Item(
                    table.equals(EVERY_TABLE) ? Optional.empty() : Optional.of(new TableName(table)),
                    item.substring(dot + 1).strip()));
        }
        return new ColumnSelection(items);
    }

    /** Those of {@code columns} that are named for {@code table}, in the order of naming; case does not matter. */
    public List<Column> of(TableName table, Collection<Column> columns) {
        return items.stream()
                .filter(item -> item.table().map(table::equals).orElse(true))
                .flatMap(item ->
                        columns.stream().filter(column -> column.foldedName().equals(Column.fold(item.column()))))
                .distinct()
                .toList();
    }
}
