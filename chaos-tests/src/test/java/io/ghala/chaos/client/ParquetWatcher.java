package io.ghala.chaos.client;

import io.ghala.chaos.history.History.Damage;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Observation.Medium;
import io.ghala.chaos.history.Recorder;
import io.ghala.chaos.history.SeenRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the Parquet file again and again with DuckDB, whatever is being written at the time. */
public final class ParquetWatcher implements Actor, AutoCloseable {
    private final Path file;
    private final Path link;
    private final Recorder recorder;
    private final Connection duckdb;

    /** {@code scratch} is a folder on the same disk as the file. */
    public ParquetWatcher(Path file, Path scratch, Recorder recorder) throws SQLException {
        this.file = file;
        this.link = scratch.resolve("watched.parquet");
        this.recorder = recorder;
        this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(400);
    }

    @Override
    public void act() throws IOException {
        try {
            read().ifPresent(recorder::add);
        } catch (SQLException e) {
            recorder.add(new Damage("Parquet file does not open: " + e.getMessage()));
        }
    }

    /** What the file holds now; empty while there is none. */
    public Optional<Observation> read() throws IOException, SQLException {
        long invoked = Recorder.now();
        Files.deleteIfExists(link);
        try {
            // A link keeps the file of this moment, so that footer and rows are of one and the same.
            Files.createLink(link, file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        String name = "'" + link + "'";
        List<SeenRow> rows = new ArrayList<>();
        long version;
        try (Statement statement = duckdb.createStatement()) {
            try (ResultSet footer = statement.executeQuery("SELECT decode(value) FROM parquet_kv_metadata(" + name
                    + ") WHERE decode(key) = 'ghala.version'")) {
                if (!footer.next()) {
                    throw new SQLException("its footer names no version");
                }
                version = Long.parseLong(footer.getString(1));
            }
            try (ResultSet all = statement.executeQuery("SELECT id, n, a, b FROM read_parquet(" + name + ")")) {
                while (all.next()) {
                    rows.add(new SeenRow(all.getString(1), all.getLong(2), all.getLong(3), all.getLong(4), ""));
                }
            }
        }
        return Optional.of(new Observation(
                Medium.PARQUET,
                file.getFileName().toString(),
                invoked,
                Recorder.now(),
                version,
                rows,
                Optional.empty()));
    }

    @Override
    public void close() throws SQLException {
        duckdb.close();
    }
}
