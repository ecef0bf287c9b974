package io.ghala.queryservice.load;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.SqlName;
import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.service.Closers;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.ArrowSchemas;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/**
 * The tables in DuckDB. Each version lands in a table of its own in the schema {@code store}; one transaction then points the views {@code
 * main.t} (visible columns) and {@code source.t} (hidden ones too) at it, notes the version in {@code store.loaded} and drops the version
 * before. A reader that begins a transaction and looks at {@code store.loaded} first sees the versions that its statement will see.
 */
public final class TableStore {
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final Clock clock;
    private final DuckDBConnection duckdb;
    private final Map<TableName, Manifest> loaded = new ConcurrentHashMap<>();
    private final Map<TableName, Instant> confirmed = new ConcurrentHashMap<>();
    private long sequence;

    @Inject
    public TableStore(
            SnapshotReader snapshots, BufferAllocator allocator, Clock clock, QuerySettings settings, Closers closers) {
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.clock = clock;
        try {
            this.duckdb = open(settings);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
        closers.register("duckdb", duckdb);
    }

    private static DuckDBConnection open(QuerySettings settings) throws SQLException {
        java.util.Properties properties = new java.util.Properties();
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA store");
            statement.execute("CREATE SCHEMA source");
            statement.execute("CREATE TABLE store.loaded(name VARCHAR, version BIGINT, published_at_ms BIGINT)");
            statement.execute("SET threads=" + settings.threads());
            if (settings.memoryLimit().isPresent()) {
                statement.execute("SET memory_limit="
                        + SqlName.literal(settings.memoryLimit().get()));
            }
            statement.execute("SET GLOBAL TimeZone='UTC'");
            statement.execute("SET autoinstall_known_extensions=false");
            statement.execute("SET autoload_known_extensions=false");
            statement.execute("SET allow_community_extensions=false");
            statement.execute("SET temp_directory=''");
            statement.execute("SET enable_external_access=false");
            statement.execute("SET lock_configuration=true");
        }
        return connection;
    }

    /** A connection of its own for one statement. */
    public DuckDBConnection connection() throws SQLException {
        return duckdb.duplicate();
    }

    public Set<TableName> tables() {
        return Set.copyOf(loaded.keySet());
    }

    /** The loaded version's manifest. */
    public Optional<Manifest> manifest(TableName table) {
        return Optional.ofNullable(loaded.get(table));
    }

    /** When the loaded version was last known to be the newest. */
    public Optional<Instant> confirmed(TableName table) {
        return Optional.ofNullable(confirmed.get(table));
    }

    /** The versions that the running transaction of {@code connection} sees of {@code tables}. */
    public SqlHeader header(DuckDBConnection connection, Set<TableName> tables) throws SQLException {
        Map<TableName, SqlHeader.TableState> states = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, version, published_at_ms FROM store.loaded")) {
            while (rows.next()) {
                TableName table = new TableName(rows.getString(1));
                if (tables.contains(table)) {
                    Instant published = Instant.ofEpochMilli(rows.getLong(3));
                    states.put(
                            table,
                            new SqlHeader.TableState(
                                    new SnapshotVersion(rows.getLong(2)),
                                    published,
                                    confirmed.getOrDefault(table, published)));
                }
            }
        }
        return new SqlHeader(states);
    }

    /** Loads what is newer than what is loaded; true when the table changed. Not for several threads. */
    public boolean update(TableName table) throws SQLException {
        // What is published while the manifest travels is newer than what it confirms.
        Instant looked = clock.instant();
        Optional<Manifest> manifest = snapshots.manifest(table);
        if (manifest.isEmpty()) {
            return remove(table);
        }
        Manifest before = loaded.get(table);
        boolean changed =
                before == null || !before.version().equals(manifest.get().version());
        if (changed) {
            load(table, manifest.get());
        }
        confirmed.put(table, looked);
        return changed;
    }

    private void load(TableName table, Manifest manifest) throws SQLException {
        String fresh = "store." + SqlName.quoted(table.value() + "@" + sequence++);
        try {
            copy(manifest, fresh);
        } catch (SQLException | MissingBlobException | CorruptSnapshotException e) {
            requestRepairIfStillPublished(table, manifest, e);
            throw e;
        }
        String visible = manifest.schema().columns().stream()
                .map(column -> SqlName.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String name = SqlName.quoted(table.value());
        try (DuckDBConnection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN TRANSACTION");
            statement.execute("CREATE OR REPLACE VIEW main." + name + " AS SELECT " + visible + " FROM " + fresh);
            statement.execute("CREATE OR REPLACE VIEW source." + name + " AS SELECT * FROM " + fresh);
            statement.execute("DELETE FROM store.loaded WHERE name = " + SqlName.literal(table.value()));
            statement.execute("INSERT INTO store.loaded VALUES (" + SqlName.literal(table.value()) + ", "
                    + manifest.version() + ", " + manifest.publishedAt().toEpochMilli() + ")");
            dropOthers(statement, table, fresh);
            statement.execute("COMMIT");
        }
        loaded.put(table, manifest);
    }

    private void copy(Manifest manifest, String into) throws SQLException {
        String columns = manifest.schema().storedColumns().stream()
                .map(ArrowSchemas::loadExpression)
                .collect(Collectors.joining(", "));
        try (BlobsReader reader = new BlobsReader(manifest, snapshots, allocator);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator);
                DuckDBConnection connection = connection();
                Statement statement = connection.createStatement()) {
            Data.exportArrayStream(allocator, reader, stream);
            connection.registerArrowStream("blobs", stream);
            statement.execute("CREATE TABLE " + into + " AS SELECT " + columns + " FROM blobs");
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + into)) {
                count.next();
                if (count.getLong(1) != manifest.rows()) {
                    throw new CorruptSnapshotException("table " + manifest.table() + " version " + manifest.version()
                            + " loaded " + count.getLong(1) + " rows instead of " + manifest.rows());
                }
            }
        } catch (java.io.IOException e) {
            throw new CorruptSnapshotException("the blobs of table " + manifest.table() + " cannot be closed", e);
        }
    }

    /** A version that was replaced while it was fetched is read anew by the next round; one that still stands is broken. */
    private void requestRepairIfStillPublished(TableName table, Manifest manifest, Exception problem) {
        Optional<Manifest> now = snapshots.manifest(table);
        if (now.isPresent() && now.get().version().equals(manifest.version())) {
            snapshots.requestRepair(table, String.valueOf(problem.getMessage()));
        }
    }

    private static void dropOthers(Statement statement, TableName table, String except) throws SQLException {
        java.util.List<String> old = new java.util.ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store' AND starts_with(table_name, "
                        + SqlName.literal(table.value() + "@") + ")")) {
            while (rows.next()) {
                old.add("store." + SqlName.quoted(rows.getString(1)));
            }
        }
        for (String name : old) {
            if (!name.equals(except)) {
                statement.execute("DROP TABLE " + name);
            }
        }
    }

    private boolean remove(TableName table) throws SQLException {
        if (loaded.remove(table) == null) {
            return false;
        }
        confirmed.remove(table);
        try (DuckDBConnection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN TRANSACTION");
            statement.execute("DROP VIEW main." + SqlName.quoted(table.value()));
            statement.execute("DROP VIEW source." + SqlName.quoted(table.value()));
            statement.execute("DELETE FROM store.loaded WHERE name = " + SqlName.literal(table.value()));
            dropOthers(statement, table, "");
            statement.execute("COMMIT");
        }
        return true;
    }
}
