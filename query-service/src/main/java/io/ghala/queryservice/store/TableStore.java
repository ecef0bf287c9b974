package io.ghala.queryservice.store;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import io.ghala.work.Closers;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables in DuckDB. The rows of a table lie in one table of the schema {@code store}, behind the views
 * {@code main.t} (visible columns) and {@code source.t} (hidden ones too). One transaction brings them to another
 * version and notes it in {@code store.loaded}, so a reader whose transaction looks at {@code store.loaded} sees the
 * versions that its statement sees.
 */
public final class TableStore {
    private static final Logger log = LoggerFactory.getLogger(TableStore.class);
    private static final int LEAST_FETCHERS = 2;
    private static final int MOST_FETCHERS = 4;
    /** Dead rows below this are not worth a rewrite. */
    private static final long LEAST_DEAD_BYTES = 16L << 20;

    private final SnapshotReader snapshots;
    private final Clock clock;
    private final MetricRegistry metrics;
    private final DuckDBConnection duckdb;
    private final LoadVersion load;
    private final BlameFiles blame;
    private final LoadedVersions versions = new LoadedVersions();
    private final Map<TableName, LoadedTable> loaded = new ConcurrentHashMap<>();
    private final Map<TableName, Instant> confirmed = new ConcurrentHashMap<>();
    private final Map<TableName, String> stale = new ConcurrentHashMap<>();
    private final VersionHeaders headers = new VersionHeaders(versions, confirmed, stale);

    @Inject
    public TableStore(
            SnapshotReader snapshots,
            BufferAllocator allocator,
            Clock clock,
            QuerySettings settings,
            MetricRegistry metrics,
            Closers closers) {
        this.snapshots = snapshots;
        this.clock = clock;
        this.metrics = metrics;
        try {
            this.duckdb = StoreDatabase.open(settings);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
        closers.register("duckdb", duckdb);
        int fetchers = Math.min(
                MOST_FETCHERS, Math.max(LEAST_FETCHERS, Runtime.getRuntime().availableProcessors()));
        ExecutorService fetching = Executors.newFixedThreadPool(fetchers, task -> {
            Thread thread = new Thread(task, "fetch");
            thread.setDaemon(true);
            return thread;
        });
        closers.register("fetchers", fetching::shutdown);
        InsertParts insert = new InsertParts(snapshots, allocator, fetching, fetchers + 1);
        this.load = new LoadVersion(snapshots, allocator, insert, this::connection, versions);
        this.blame = new BlameFiles(snapshots, allocator, insert, this::connection, versions);
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
        return Optional.ofNullable(loaded.get(table)).map(LoadedTable::manifest);
    }

    /**
     * When the look at the folder began that the loaded version is known to hold everything of; empty where none is
     * known.
     */
    public Optional<Instant> confirmed(TableName table) {
        return Optional.ofNullable(confirmed.get(table));
    }

    /**
     * A look at the folder that began at {@code at} saw nothing that {@code version} does not hold. Ignored while an
     * older version is loaded.
     */
    public void confirm(TableName table, SnapshotVersion version, Instant at) {
        if (manifest(table)
                .filter(holds -> !version.isNewerThan(holds.version()))
                .isPresent()) {
            confirmed.put(table, at);
        }
    }

    /** Why the loaded version is not the published one, and will not be soon; empty where nothing is known of that. */
    public Optional<String> stale(TableName table) {
        return Optional.ofNullable(stale.get(table));
    }

    /** The published version cannot be loaded now, for this reason: answers from the loaded one say so. */
    public void goneStale(TableName table, String reason) {
        stale.put(table, reason);
    }

    /** The published version is loaded. */
    public void mended(TableName table) {
        stale.remove(table);
    }

    /** Which files keep the published version from being loaded; none where that cannot be told from single files. */
    public Optional<Unloadable> blame(TableName table, SQLException problem) throws SQLException {
        Optional<Manifest> manifest = snapshots.manifest(table);
        return manifest.isEmpty() ? Optional.empty() : blame.of(loaded.get(table), manifest.get(), problem);
    }

    /** The tables that a transaction sees that begins now. */
    public Set<TableName> tablesNow() {
        return versions.now().keySet();
    }

    /** What answers tell of the versions that they come from. */
    public VersionHeaders headers() {
        return headers;
    }

    /**
     * Loads what is newer than what is loaded; true when the table changed. Not for several threads.
     *
     * @throws MissingBlobException a blob of the published version is gone; the refresher was asked for repair
     * @throws CorruptSnapshotException the published version is damaged; the refresher was asked for repair
     */
    public boolean update(TableName table) throws SQLException {
        Optional<SnapshotVersion> published = snapshots.version(table);
        Optional<SnapshotVersion> before = manifest(table).map(Manifest::version);
        boolean changed = !published.equals(before);
        if (changed) {
            Optional<Manifest> manifest = snapshots.manifest(table);
            if (manifest.isEmpty()) {
                return remove(table);
            }
            try {
                load(manifest.get());
            } catch (MissingBlobException | CorruptSnapshotException e) {
                if (!snapshots.requestRepairIfPublished(table, manifest.get().version(), e)) {
                    return update(table);
                }
                throw e;
            }
        }
        return changed;
    }

    private void load(Manifest manifest) throws SQLException {
        TableName table = manifest.table();
        long startedMs = clock.millis();
        LoadVersion.Done done;
        try (Timer.Context ignored = metrics.timer("ghala.query.load").time()) {
            done = load.load(loaded.get(table), manifest);
        }
        loaded.put(table, done.table());
        count(done);
        log.info(
                "loaded table={} version={} rows={} bytes={} full={} parts_loaded={} rows_loaded={} bytes_loaded={} rows_deleted={} ms={}",
                table,
                manifest.version(),
                manifest.rows(),
                manifest.bytes(),
                done.full(),
                done.parts(),
                done.rows(),
                done.bytes(),
                done.deletedRows(),
                clock.millis() - startedMs);
    }

    private void count(LoadVersion.Done done) {
        metrics.counter("ghala.query.loads").inc();
        if (done.full()) {
            metrics.counter("ghala.query.full_loads").inc();
        }
        metrics.counter("ghala.query.parts_loaded").inc(done.parts());
        metrics.counter("ghala.query.rows_loaded").inc(done.rows());
        metrics.counter("ghala.query.bytes_loaded").inc(done.bytes());
        metrics.counter("ghala.query.rows_deleted").inc(done.deletedRows());
    }

    /**
     * Gives back the memory of deleted rows once it is a quarter of the table's; true when it did. Queries and versions
     * are as before. Not for several threads.
     */
    public boolean giveBack(TableName table) throws SQLException {
        LoadedTable before = loaded.get(table);
        if (before == null
                || before.deadBytes() < LEAST_DEAD_BYTES
                || before.deadBytes() < before.manifest().bytes() / 4) {
            return false;
        }
        long startedMs = clock.millis();
        try (Timer.Context ignored = metrics.timer("ghala.query.rewrite").time()) {
            loaded.put(table, load.rewrite(before));
        }
        log.info("rewrote table={} dead_bytes={} ms={}", table, before.deadBytes(), clock.millis() - startedMs);
        return true;
    }

    private boolean remove(TableName table) throws SQLException {
        LoadedTable before = loaded.get(table);
        if (before == null) {
            return false;
        }
        load.remove(before);
        loaded.remove(table);
        confirmed.remove(table);
        stale.remove(table);
        log.info("unloaded table={} reason=\"it was withdrawn\"", table);
        return true;
    }
}
