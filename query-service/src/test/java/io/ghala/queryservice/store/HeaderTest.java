package io.ghala.queryservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.query.SqlHeader;
import io.ghala.snapshot.PartRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The header of an answer tells the versions whose rows the statement sees. Version n of the table here has n rows. */
class HeaderTest {
    private static final TableName T = new TableName("t");
    private static final TableSchema SCHEMA = new TableSchema(List.of(new Column("x", ScalarType.BIGINT)));
    private static final int VERSIONS = 300;
    private static final int READERS = 2;

    private final BufferAllocator allocator = new RootAllocator();
    private final FakeSnapshots snapshots = new FakeSnapshots(SnapshotFormat.ARROW, allocator);
    private final LoadedStore tables = new LoadedStore(snapshots, allocator);
    private final List<PartRef> parts = new ArrayList<>();

    @AfterEach
    void everyVectorWasClosed() {
        tables.close();
        allocator.close();
    }

    private void loadNext() throws SQLException {
        parts.add(snapshots.part(SCHEMA, List.of(List.of("1", "f", "")), 1));
        snapshots.publish(T, SCHEMA, parts);
        assertThat(tables.store.update(T)).isTrue();
    }

    private void withdraw() throws SQLException {
        snapshots.published.remove(T);
        assertThat(tables.store.update(T)).isTrue();
    }

    /** Something that happens to the table. */
    private interface Event {
        void happen() throws SQLException;
    }

    /**
     * Reads the table; each event happens at its step. Gives the rows that were seen and the version that the header
     * told.
     */
    private List<Long> read(Event beforePreparing, Event beforeTheHeader, Event beforeRunning) throws SQLException {
        try (DuckDBConnection connection = tables.store.connection();
                Statement control = connection.createStatement()) {
            VersionHeaders.Moment before = tables.store.headers().moment();
            control.execute("BEGIN TRANSACTION");
            beforePreparing.happen();
            try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM t")) {
                beforeTheHeader.happen();
                SqlHeader header = tables.store.headers().of(connection, Set.of(T), before);
                beforeRunning.happen();
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    SnapshotVersion version =
                            header.tables().values().iterator().next().version();
                    return List.of(rows.getLong(1), version.value());
                }
            }
        }
    }

    /** Reads the table without a transaction; nothing where the versions are not known then. */
    private List<Long> readAtOnce(Event beforeRunning, Event beforeTheHeader) throws SQLException {
        try (DuckDBConnection connection = tables.store.connection();
                Statement statement = connection.createStatement()) {
            VersionHeaders.Moment before = tables.store.headers().moment();
            beforeRunning.happen();
            try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
                beforeTheHeader.happen();
                Optional<SqlHeader> header = tables.store.headers().ifUnchanged(Set.of(T), before);
                rows.next();
                long seen = rows.getLong(1);
                return header.map(known ->
                                known.tables().values().iterator().next().version())
                        .map(version -> List.of(seen, version.value()))
                        .orElse(List.of());
            }
        }
    }

    @Test
    void isNotToldAtOnceWhenAVersionWasCommittedMeanwhile() throws SQLException {
        Event nothing = () -> {};
        loadNext();
        assertThat(readAtOnce(nothing, nothing)).containsExactly(1L, 1L);
        assertThat(readAtOnce(this::loadNext, nothing)).isEmpty();
        assertThat(readAtOnce(nothing, this::loadNext)).isEmpty();
        assertThat(readAtOnce(nothing, nothing)).containsExactly(3L, 3L);
    }

    @Test
    void isRightWhereverAVersionIsCommittedMeanwhile() throws SQLException {
        Event nothing = () -> {};
        loadNext();
        assertThat(read(nothing, nothing, nothing)).containsExactly(1L, 1L);
        assertThat(read(this::loadNext, nothing, nothing)).containsExactly(2L, 2L);
        assertThat(read(nothing, this::loadNext, nothing)).containsExactly(2L, 2L);
        assertThat(read(nothing, nothing, this::loadNext)).containsExactly(3L, 3L);
        assertThat(read(this::loadNext, this::loadNext, this::loadNext)).containsExactly(5L, 5L);
        assertThat(read(nothing, this::withdraw, nothing)).containsExactly(7L, 7L);
        assertThat(tables.store.tablesNow()).isEmpty();
    }

    @Test
    void isRightForReadersThatDoNotWaitForTheLoader() throws Exception {
        loadNext();
        AtomicBoolean over = new AtomicBoolean();
        Callable<Integer> reader = () -> {
            int statements = 0;
            while (!over.get()) {
                List<Long> seen = read(() -> {}, () -> {}, () -> {});
                assertThat(seen.get(0)).isEqualTo(seen.get(1));
                List<Long> atOnce = readAtOnce(() -> {}, () -> {});
                assertThat(atOnce.stream().distinct().count()).isLessThanOrEqualTo(1);
                statements++;
            }
            return statements;
        };
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                running.add(readers.submit(reader));
            }
            for (int i = 0; i < VERSIONS; i++) {
                loadNext();
            }
            over.set(true);
            for (Future<Integer> one : running) {
                assertThat(one.get()).isPositive();
            }
        } finally {
            over.set(true);
            readers.shutdown();
        }
    }
}
