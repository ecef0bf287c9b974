package io.ghala.model;

import java.util.List;
import java.util.Optional;

/**
 * The visible columns of a table in their order; names are distinct after folding. The hidden columns
 * {@link #FILE_COLUMN} and {@link #VERSION_COLUMN} are never listed here; snapshots carry them behind these.
 */
public record TableSchema(List<Column> columns) {
    /** Hidden VARCHAR column: path of the row's file inside the table's folder, with {@code /} between folders. */
    public static final String FILE_COLUMN = "_file";
    /** Hidden VARCHAR column: stream id of the write that made the row, null for rows of plain files. */
    public static final String VERSION_COLUMN = "_version";

    public TableSchema {
        columns = List.copyOf(columns);
        Column.requireDistinctNames(columns);
    }

    public Optional<Column> column(String name) {
        String folded = Column.fold(name);
        return columns.stream().filter(c -> c.foldedName().equals(folded)).findFirst();
    }

    /** The visible columns followed by the two hidden ones: the columns of every blob of a snapshot. */
    public List<Column> storedColumns() {
        List<Column> stored = new java.util.ArrayList<>(columns);
        stored.add(new Column(FILE_COLUMN, ScalarType.VARCHAR));
        stored.add(new Column(VERSION_COLUMN, ScalarType.VARCHAR));
        return List.copyOf(stored);
    }
}
