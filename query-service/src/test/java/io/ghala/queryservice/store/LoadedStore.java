package io.ghala.queryservice.store;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.model.TableName;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.work.Closers;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** A store of tables for a test, and what its readers see. */
public final class LoadedStore implements AutoCloseable {
    public final MetricRegistry metrics = new MetricRegistry();
    public final TableStore store;
    private final BufferAllocator allocator;
    private final Closers closers = new Closers();

    public LoadedStore(SnapshotReader snapshots, BufferAllocator allocator) {
        this.allocator = allocator;
        this.store = new TableStore(
                snapshots,
                allocator,
                Clock.systemUTC(),
                ConfigLoader.of(Map.of()).load(0).query(),
                metrics,
                closers);
    }

    /** Each row of {@code source.t} as JSON, sorted. */
    List<String> rows(TableName table) throws Exception {
        List<String> rows = new ArrayList<>();
        try (DuckDBConnection connection = store.connection();
                PreparedStatement statement = connection.prepareStatement("SELECT * FROM source." + table);
                DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery();
                ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, 1024)) {
            while (reader.loadNextBatch()) {
                JsonRowText text = new JsonRowText(reader.getVectorSchemaRoot().getFieldVectors());
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    Utf8Buffer out = new Utf8Buffer();
                    text.append(row, out);
                    rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
                }
            }
        }
        rows.sort(null);
        return rows;
    }

    /** Names and types of the visible columns. */
    List<String> columns(TableName table) throws SQLException {
        return strings("SELECT column_name || ' ' || column_type FROM (DESCRIBE main." + table + ")");
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(strings(sql).get(0));
    }

    List<String> strings(String sql) throws SQLException {
        try (DuckDBConnection connection = store.connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> all = new ArrayList<>();
            while (result.next()) {
                all.add(result.getString(1));
            }
            return all;
        }
    }

    long count(String metric) {
        return metrics.counter("ghala.query." + metric).getCount();
    }

    @Override
    public void close() {
        closers.close();
    }
}
