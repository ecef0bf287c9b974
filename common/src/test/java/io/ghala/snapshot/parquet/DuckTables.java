package io.ghala.snapshot.parquet;

import io.ghala.model.Column;
import io.ghala.model.SqlName;
import io.ghala.snapshot.arrow.ArrowSchemas;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.parquet.io.LocalOutputFile;
import org.duckdb.DuckDBResultSet;

/** Tables that DuckDB makes, written by our writer and read by DuckDB again. */
final class DuckTables implements AutoCloseable {
    private final Connection connection;
    private final Statement statement;

    DuckTables() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        statement = connection.createStatement();
        statement.execute("SET TimeZone='UTC'");
    }

    void execute(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** Writes what {@code table} holds, in batches of {@code batchRows}. */
    void write(String table, int batchRows, ParquetOptions options, Path to) throws SQLException, IOException {
        try (ResultSet result = statement.executeQuery("FROM " + table);
                RootAllocator allocator = new RootAllocator();
                ArrowReader reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, batchRows)) {
            VectorSchemaRoot batch = reader.getVectorSchemaRoot();
            List<Column> columns = ArrowSchemas.columns(batch.getSchema());
            try (ParquetTableWriter writer = new ParquetTableWriter(new LocalOutputFile(to), columns, options)) {
                while (reader.loadNextBatch()) {
                    writer.write(batch);
                }
                writer.finish(Map.of());
            }
        }
    }

    static String file(Path file) {
        return SqlName.literal(file.toString());
    }

    /** How many rows {@code table} and the file do not have in common, counting equal rows. */
    long differences(String table, Path file) throws SQLException {
        return Long.parseLong(rows("SELECT count(*) FROM ((FROM " + table + " EXCEPT ALL FROM " + file(file)
                        + ") UNION ALL (FROM " + file(file) + " EXCEPT ALL FROM " + table + "))")
                .get(0)
                .get(0));
    }

    List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        statement.close();
        connection.close();
    }
}
