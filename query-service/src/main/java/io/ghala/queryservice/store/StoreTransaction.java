package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.SqlName;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.queryservice.fetch.OriginColumns;
import io.ghala.snapshot.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** One transaction on the loaded tables; rolled back unless it was committed. */
final class StoreTransaction implements AutoCloseable {
    private static final int ROWS_AT_ONCE = 1000;

    private final DuckDBConnection connection;
    private final LoadedVersions versions;
    private final Statement statement;
    private final Map<TableName, Optional<LoadedVersions.Version>> noted = new HashMap<>();
    private boolean open;

    StoreTransaction(DuckDBConnection connection, LoadedVersions versions) throws SQLException {
        this.connection = connection;
        this.versions = versions;
        this.statement = connection.createStatement();
        statement.execute("BEGIN TRANSACTION");
        open = true;
    }

    DuckDBConnection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Runs DML and returns the number of rows. */
    long change(String sql) throws SQLException {
        return statement.executeUpdate(sql);
    }

    /** The rows that the transaction sees in a table. */
    long count(StoredTable table) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table.rows())) {
            count.next();
            return count.getLong(1);
        }
    }

    /** Makes the tables that hold a table's rows. */
    void create(StoredTable table, StoredColumns columns) throws SQLException {
        execute("CREATE TABLE " + table.rows() + " (" + columns.definitions() + ")");
        execute("CREATE TABLE " + table.files() + " (" + OriginColumns.POSITION + " BIGINT, " + TableSchema.FILE_COLUMN
                + " VARCHAR)");
    }

    /** Makes {@code into} of the rows of {@code from}, and of the file runs that these rows are in. */
    void copy(StoredTable from, StoredTable into) throws SQLException {
        execute("CREATE TABLE " + into.rows() + " AS SELECT * FROM " + from.rows());
        execute("CREATE TABLE " + into.files() + " AS SELECT * FROM " + from.files() + " WHERE "
                + OriginColumns.POSITION + " IN (SELECT " + OriginColumns.POSITION + " - " + OriginColumns.BACK
                + " FROM " + into.rows() + ")");
    }

    void drop(StoredTable table) throws SQLException {
        execute("DROP TABLE " + table.rows());
        execute("DROP TABLE " + table.files());
    }

    /** Deletes all rows of a part. Its file runs stay until the table is copied, as the memory of its rows does. */
    long deletePart(StoredTable table, LoadedPart part) throws SQLException {
        return change(deletion(table.rows(), part.position(0), part.position(Integer.MAX_VALUE)));
    }

    /** Deletes single rows of a part. */
    long deleteRows(StoredTable table, LoadedPart part, BitSet rows) throws SQLException {
        long deleted = 0;
        int row = rows.nextSetBit(0);
        while (row >= 0) {
            int first = row;
            int last = row;
            StringBuilder positions = new StringBuilder();
            for (int n = 0; n < ROWS_AT_ONCE && row >= 0; n++) {
                positions.append(n == 0 ? "" : ",").append(part.position(row));
                last = row;
                row = rows.nextSetBit(row + 1);
            }
            deleted += change(deletion(table.rows(), part.position(first), part.position(last)) + " AND "
                    + OriginColumns.POSITION + " IN (" + positions + ")");
        }
        return deleted;
    }

    /** The bounds let DuckDB skip the row groups of other parts by their statistics. */
    private static String deletion(String name, long first, long last) {
        return "DELETE FROM " + name + " WHERE " + OriginColumns.POSITION + " >= " + first + " AND "
                + OriginColumns.POSITION + " <= " + last;
    }

    /** Points {@code main.t} (visible columns) and {@code source.t} (hidden ones too) at what holds a table. */
    void show(TableName table, StoredTable stored, StoredColumns columns) throws SQLException {
        String view = SqlName.quoted(table.value()) + " AS SELECT " + columns.visible();
        execute("CREATE OR REPLACE VIEW main." + view + " FROM " + stored.rows());
        execute("CREATE OR REPLACE VIEW source." + view + ", " + TableSchema.FILE_COLUMN + ", "
                + TableSchema.VERSION_COLUMN + " FROM " + stored.rows() + " AS r LEFT JOIN " + stored.files()
                + " AS f ON f." + OriginColumns.POSITION + " = r." + OriginColumns.POSITION + " - r."
                + OriginColumns.BACK);
    }

    /** Takes the views of a table away. */
    void hide(TableName table) throws SQLException {
        execute("DROP VIEW main." + SqlName.quoted(table.value()));
        execute("DROP VIEW source." + SqlName.quoted(table.value()));
        change("DELETE FROM store.loaded WHERE name = " + SqlName.literal(table.value()));
        forgetColumns(table);
        noted.put(table, Optional.empty());
    }

    /**
     * Notes the version; in place where the table is noted already, so that the notes do not grow. Columns are noted
     * where they are others than those of the version before.
     */
    void note(Manifest manifest, @Nullable Manifest before) throws SQLException {
        if (before == null
                || !before.schema().equals(manifest.schema())
                || !before.basis().origins().equals(manifest.basis().origins())) {
            forgetColumns(manifest.table());
            noteColumns(manifest);
        }
        String name = SqlName.literal(manifest.table().value());
        long published = manifest.publishedAt().toEpochMilli();
        long updated = change("UPDATE store.loaded SET version = " + manifest.version() + ", published_at_ms = "
                + published + " WHERE name = " + name);
        if (updated == 0) {
            change("INSERT INTO store.loaded VALUES (" + name + ", " + manifest.version() + ", " + published + ")");
        }
        noted.put(
                manifest.table(),
                Optional.of(new LoadedVersions.Version(manifest.version(), manifest.publishedAt(), manifest.schema())));
    }

    private void forgetColumns(TableName table) throws SQLException {
        change("DELETE FROM store.columns WHERE table_name = " + SqlName.literal(table.value()));
    }

    private void noteColumns(Manifest manifest) throws SQLException {
        StringBuilder rows = new StringBuilder();
        int position = 0;
        for (Column column : manifest.schema().columns()) {
            String from = manifest.basis().origins().get(column.foldedName());
            rows.append(position == 0 ? "" : ", ")
                    .append('(')
                    .append(SqlName.literal(manifest.table().value()))
                    .append(", ")
                    .append(SqlName.literal(column.name()))
                    .append(", ")
                    .append(++position)
                    .append(", ")
                    .append(SqlName.literal(column.type().sql()))
                    .append(", ")
                    .append(from == null ? "NULL" : SqlName.literal(from))
                    .append(')');
        }
        if (position > 0) {
            change("INSERT INTO store.columns VALUES " + rows);
        }
    }

    void commit() throws SQLException {
        versions.commit(noted, () -> statement.execute("COMMIT"));
        open = false;
    }

    @Override
    public void close() throws SQLException {
        try (connection;
                statement) {
            if (open) {
                // The other statement is closed once it has failed.
                try (Statement rollback = connection.createStatement()) {
                    rollback.execute("ROLLBACK");
                }
            }
        }
    }
}
