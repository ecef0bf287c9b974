package io.ghala.snapshot.parquet;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.SqlName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.duckdb.DuckDBResultSet;

/** Tables that DuckDB makes, written by our writer and read by DuckDB again. */
final class DuckTables implements AutoCloseable {
    /** Every flat type, with nulls, repeated, distinct, ordered and scattered values. */
    static final String FLAT = """
            SELECT i AS id, (hash(i) % 1000000007)::BIGINT AS scattered, (hash(i) % 300)::BIGINT AS few,
              if(hash(i + 1) % 3 = 0, NULL, 'city ' || (hash(i) % 300)) AS city, 'unique ' || md5(i::VARCHAR) AS unique_text,
              repeat('é', (hash(i + 2) % 40)::INT) AS lengths, if(hash(i + 3) % 50 = 0, 'nan'::DOUBLE, (hash(i + 3) % 1000) / 8 - 50) AS double,
              hash(i + 4) % 2 = 0 AS flag, DATE '1969-01-01' + (hash(i + 5) % 2000)::INT AS day,
              ((hash(i + 6) % 2000000)::BIGINT - 1000000)::DECIMAL(9, 2) AS decimal9,
              if(hash(i + 7) % 4 = 0, NULL, (hash(i + 7)::HUGEINT * 1000003 - 9999999999999999999)::DECIMAL(38, 3)) AS decimal38,
              unhex(md5(i::VARCHAR)) AS blob, NULL::VARCHAR AS nothing, 7::BIGINT AS constant,
              TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND AS moment
            FROM range($rows) r(i)""";
    /** Lists, structs and maps in each other, with nulls and empty ones at every level. */
    static final String NESTED = """
            SELECT i AS id,
              if(hash(i) % 5 = 0, NULL, list_transform(range((hash(i) % 4)::BIGINT), lambda x: if(hash(x + i) % 3 = 0, NULL, x))) AS list,
              if(hash(i) % 7 = 0, NULL, list_transform(range((hash(i + 1) % 3)::BIGINT), lambda x:
                if(hash(x + i) % 4 = 0, NULL, list_transform(range((hash(i + x) % 3)::BIGINT), lambda y: if(hash(y) % 2 = 0, NULL, 'v' || y))))) AS lists,
              if(hash(i + 2) % 4 = 0, NULL, {a: if(hash(i + 3) % 2 = 0, NULL, i), s: if(hash(i + 4) % 3 = 0, NULL,
                {b: if(hash(i + 5) % 2 = 0, NULL, 'x' || i), l: if(hash(i + 6) % 3 = 0, NULL, [DATE '2024-01-01', NULL])})}) AS struct,
              if(hash(i + 7) % 5 = 0, NULL, map_from_entries(list_transform(range((hash(i + 8) % 3)::BIGINT), lambda x:
                {k: 'k' || x, v: if(hash(x + i) % 2 = 0, NULL, [x, NULL])}))) AS map,
              if(hash(i + 9) % 3 = 0, NULL, [{m: MAP {'a': 1.5::DOUBLE, 'b': NULL}, n: NULL::BIGINT}, NULL]) AS structs
            FROM range($rows) r(i)""";

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

    /** Writes what {@code table} holds as an Arrow stream. */
    void writeArrow(String table, Path to) throws SQLException, IOException {
        try (ResultSet result = statement.executeQuery("FROM " + table);
                RootAllocator allocator = new RootAllocator();
                ArrowReader reader =
                        (ArrowReader) result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, 2048);
                OutputStream out = Files.newOutputStream(to);
                ArrowStreamWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), null, out)) {
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
        }
    }

    /** {@code sql} for so many rows. */
    static String sized(String sql, int rows) {
        return sql.replace("$rows", Integer.toString(rows));
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
