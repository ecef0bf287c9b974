package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.SqlName;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.fetch.OriginColumns;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.arrow.PartCasts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a loaded table in their order. In DuckDB they are called {@code _0, _1, …} so that order and spelling
 * are a matter of the views alone (without letters, since DuckDB forgets an alias that differs from a name in case
 * alone); behind them are {@code _version}, those of {@link OriginColumns}.
 *
 * @param next number of the next new column
 */
public record StoredColumns(List<StoredColumn> columns, int next) {
    public StoredColumns {
        columns = List.copyOf(columns);
    }

    static StoredColumns of(TableSchema schema) {
        List<StoredColumn> columns = new ArrayList<>();
        for (Column column : schema.columns()) {
            columns.add(new StoredColumn("_" + columns.size(), column));
        }
        return new StoredColumns(columns, columns.size());
    }

    /** The body of CREATE TABLE. */
    String definitions() {
        return columns.stream()
                        .map(column ->
                                column.stored() + " " + column.column().type().sql() + ", ")
                        .collect(Collectors.joining())
                + TableSchema.VERSION_COLUMN + " VARCHAR, " + OriginColumns.BACK + " INTEGER, " + OriginColumns.POSITION
                + " BIGINT";
    }

    /** The visible columns under their shown names, for SELECT. */
    String visible() {
        return columns.stream()
                .map(column -> column.stored() + " AS "
                        + SqlName.quoted(column.column().name()))
                .collect(Collectors.joining(", "));
    }

    /** The column that a column of a part is stored in. */
    Optional<StoredColumn> find(Column wanted) {
        return columns.stream()
                .filter(column -> column.column().foldedName().equals(wanted.foldedName()))
                .findFirst();
    }

    /**
     * What brings the columns to another schema while the rows of {@code kept} stay: exact casts, dropping, and adding
     * where all of these rows are null. Empty when rows must be loaded anew.
     */
    Optional<Change> to(TableSchema schema, Collection<PartRef> kept) {
        List<StoredColumn> after = new ArrayList<>();
        List<String> actions = new ArrayList<>();
        int number = next;
        for (Column column : schema.columns()) {
            Optional<StoredColumn> before = find(column);
            if (before.isPresent() && PartCasts.exact(before.get().column().type(), column.type())) {
                after.add(new StoredColumn(before.get().stored(), column));
                widen(before.get(), column.type()).ifPresent(actions::add);
            } else if (kept.stream()
                    .anyMatch(part -> part.schema().column(column.name()).isPresent())) {
                return Optional.empty();
            } else {
                StoredColumn added = new StoredColumn("_" + number++, column);
                after.add(added);
                actions.add("ADD COLUMN " + added.stored() + " " + column.type().sql());
            }
        }
        for (StoredColumn column : columns) {
            if (after.stream().noneMatch(stays -> stays.stored().equals(column.stored()))) {
                actions.add("DROP COLUMN " + column.stored());
            }
        }
        return Optional.of(new Change(new StoredColumns(after, number), actions));
    }

    private static Optional<String> widen(StoredColumn column, ColumnType to) {
        return column.column().type().equals(to)
                ? Optional.empty()
                : Optional.of("ALTER COLUMN " + column.stored() + " TYPE " + to.sql());
    }

    /** The columns as they will be, and the actions of ALTER TABLE that make them so. */
    record Change(StoredColumns after, List<String> actions) {
        Change {
            actions = List.copyOf(actions);
        }
    }
}
