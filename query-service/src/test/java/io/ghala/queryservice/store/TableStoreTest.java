package io.ghala.queryservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.query.SqlHeader;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableStoreTest {
    private static final TableName T = new TableName("t");
    private static final TableName OTHER = new TableName("other");
    private static final TableSchema SCHEMA = schema(ScalarType.BIGINT);

    private final BufferAllocator allocator = new RootAllocator();
    private final FakeSnapshots snapshots = new FakeSnapshots(SnapshotFormat.ARROW, allocator);
    private final LoadedStore tables = new LoadedStore(snapshots, allocator);

    @AfterEach
    void everyVectorWasClosed() {
        tables.close();
        allocator.close();
    }

    private static TableSchema schema(ColumnType type) {
        return new TableSchema(List.of(new Column("x", type)));
    }

    /** A part with the numbers from one to another, 100 a blob. */
    private PartRef part(int from, int to) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(List.of(Integer.toString(i), "f", ""));
        }
        return snapshots.part(SCHEMA, rows, 100);
    }

    private static BitSet rows(int from, int to) {
        BitSet rows = new BitSet();
        rows.set(from, to);
        return rows;
    }

    private void load(PartRef... parts) throws SQLException {
        snapshots.publish(T, SCHEMA, List.of(parts));
        assertThat(tables.store.update(T)).isTrue();
    }

    private long sum() throws SQLException {
        return tables.number("SELECT sum(x)::BIGINT FROM t");
    }

    @Test
    void fetchesOnlyWhatIsNotLoaded() throws SQLException {
        PartRef large = part(0, 1000);
        load(large);
        snapshots.fetched.clear();
        PartRef small = part(1000, 1002);
        load(large, small);
        assertThat(snapshots.fetched).containsExactly(small.blobs().get(0).key());
        snapshots.fetched.clear();
        PartRef holed = snapshots.hiding(large, rows(0, 2));
        load(holed, small);
        assertThat(snapshots.fetched)
                .containsExactly(holed.deletes().orElseThrow().key());
        assertThat(tables.count("rows_deleted")).isEqualTo(2);
        assertThat(tables.count("full_loads")).isEqualTo(1);
        assertThat(sum()).isEqualTo(1001 * 1002 / 2 - 1);
        assertThat(tables.store.update(T)).isFalse();
    }

    @Test
    void rowsThatComeBackLoadTheirPartAnew() throws SQLException {
        PartRef large = part(0, 3000);
        PartRef small = part(3000, 3010);
        load(large, snapshots.hiding(small, rows(0, 5)));
        load(large, snapshots.hiding(small, rows(0, 3)));
        assertThat(sum()).isEqualTo(3009 * 3010 / 2 - 3000 - 3001 - 3002);
        load(large, small);
        assertThat(sum()).isEqualTo(3009 * 3010 / 2);
        assertThat(tables.count("full_loads")).isEqualTo(1);
    }

    @Test
    void manyHiddenRowsAreDeletedInSeveralStatements() throws SQLException {
        PartRef large = part(0, 20_000);
        load(large);
        load(snapshots.hiding(large, rows(7, 3507)));
        assertThat(tables.number("SELECT count(*) FROM t WHERE x BETWEEN 7 AND 3506"))
                .isZero();
        assertThat(tables.number("SELECT count(*) FROM t")).isEqualTo(16_500);
        assertThat(tables.count("full_loads")).isEqualTo(1);
    }

    @Test
    void loadsAllOfATableWhoseLoadedRowsAreNotWhatTheyShouldBe() throws SQLException {
        PartRef large = part(0, 1000);
        load(large);
        String stored = tables.strings("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 't@%'")
                .get(0);
        try (DuckDBConnection connection = tables.store.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM store.\"" + stored + "\" WHERE _0 = 5");
        }
        load(large, part(1000, 1001));
        assertThat(sum()).isEqualTo(1000 * 1001 / 2);
        assertThat(tables.count("full_loads")).isEqualTo(2);
    }

    @Test
    void aReaderKeepsItsVersionsWhileNewerOnesAreCommitted() throws SQLException {
        PartRef large = part(0, 50_000);
        load(large);
        snapshots.publish(OTHER, SCHEMA, List.of(part(0, 10)));
        tables.store.update(OTHER);
        try (DuckDBConnection connection = tables.store.connection();
                Statement statement = connection.createStatement()) {
            VersionHeaders.Moment before = tables.store.headers().moment();
            statement.execute("BEGIN TRANSACTION");
            ResultSet streamed = statement.executeQuery("SELECT x FROM main.t WHERE x >= 0");
            SqlHeader header = tables.store.headers().of(connection, Set.of(T, OTHER), before);
            streamed.next();
            long sum = streamed.getLong(1);
            // By difference, with a wider column, everything anew, and the memory given back.
            load(snapshots.hiding(large, rows(0, 500)), part(50_000, 50_100));
            snapshots.publish(T, schema(ScalarType.DOUBLE), List.of(large, part(50_000, 50_100)));
            tables.store.update(T);
            load(part(0, 3));
            snapshots.published.remove(OTHER);
            tables.store.update(OTHER);
            while (streamed.next()) {
                sum += streamed.getLong(1);
            }
            assertThat(sum).isEqualTo(50_000L * 49_999 / 2);
            assertThat(header.tables().values())
                    .extracting(SqlHeader.TableState::version)
                    .isEqualTo(
                            tables.store.headers().of(connection, Set.of(T, OTHER), before).tables().values().stream()
                                    .map(SqlHeader.TableState::version)
                                    .toList());
            try (ResultSet again =
                    statement.executeQuery("SELECT (SELECT sum(x) FROM t), (SELECT sum(x) FROM other)")) {
                again.next();
                assertThat(again.getLong(1)).isEqualTo(sum);
                assertThat(again.getLong(2)).isEqualTo(45);
            }
        }
        assertThat(sum()).isEqualTo(3);
    }

    @Test
    void aBrokenVersionIsRepairedAndTheLoadedOneStays() throws SQLException {
        PartRef large = part(0, 1000);
        load(large);
        PartRef broken = part(1000, 1300);
        snapshots.stored.remove(broken.blobs().get(1).key());
        snapshots.publish(T, SCHEMA, List.of(large, broken));
        assertThatThrownBy(() -> tables.store.update(T)).isInstanceOf(MissingBlobException.class);
        assertThat(snapshots.repairs).hasSize(1);
        snapshots.stored.put(broken.blobs().get(1).key(), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> tables.store.update(T)).isInstanceOf(CorruptSnapshotException.class);
        assertThat(sum()).isEqualTo(999 * 1000 / 2);
        load(large, part(1000, 1001));
        assertThat(sum()).isEqualTo(1000 * 1001 / 2);
    }

    @Test
    void aVersionThatWasReplacedWhileItWasFetchedGivesWayToTheNewest() throws SQLException {
        PartRef large = part(0, 1000);
        PartRef gone = part(1000, 1001);
        PartRef newest = part(1000, 1002);
        snapshots.publish(T, SCHEMA, List.of(large, gone));
        snapshots.stored.remove(gone.blobs().get(0).key());
        snapshots.beforeBlobs = () -> {
            snapshots.beforeBlobs = () -> {};
            snapshots.publish(T, SCHEMA, List.of(large, newest));
        };
        assertThat(tables.store.update(T)).isTrue();
        assertThat(snapshots.repairs).isEmpty();
        assertThat(sum()).isEqualTo(1001 * 1002 / 2);
    }

    @Test
    void aWithdrawnTableIsGone() throws SQLException {
        load(part(0, 10));
        assertThat(tables.number("SELECT count(*) FROM ghala.columns")).isEqualTo(1);
        snapshots.published.remove(T);
        assertThat(tables.store.update(T)).isTrue();
        assertThat(tables.store.tables()).isEmpty();
        assertThatThrownBy(this::sum).isInstanceOf(SQLException.class);
        assertThat(tables.number("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'store'"
                        + " AND table_name NOT IN ('loaded', 'columns')"))
                .isZero();
        assertThat(tables.number("SELECT count(*) FROM ghala.columns")).isZero();
    }

    @Test
    void memoryComesBackOverThousandsOfSwaps() throws SQLException {
        TableSchema wide =
                new TableSchema(List.of(new Column("x", ScalarType.BIGINT), new Column("y", ScalarType.VARCHAR)));
        String text = "y".repeat(300);
        PartRef large = snapshots.part(wide, wideRows(60_000, text), 5000);
        List<PartRef> small = new ArrayList<>();
        List<List<String>> some = wideRows(300, text);
        long most = 0;
        long settled = 0;
        for (int swap = 0; swap < 1500; swap++) {
            if (small.size() == 15) {
                small.clear();
            }
            small.add(snapshots.part(wide, some, 300));
            List<PartRef> parts = new ArrayList<>(small);
            parts.add(large);
            snapshots.publish(T, wide, parts);
            tables.store.update(T);
            tables.store.giveBack(T);
            most = Math.max(most, used());
            settled = swap == 0 ? used() : settled;
            forget(small);
        }
        assertThat(tables.count("rows_deleted")).isGreaterThan(400_000);
        assertThat(tables.metrics.timer("ghala.query.rewrite").getCount()).isPositive();
        // One table, its dead rows up to the bound, and a second table while it is rewritten.
        assertThat(most).isLessThan(4 * settled);
        assertThat(tables.number("SELECT count(*) FROM t"))
                .isEqualTo(snapshots.manifest(T).orElseThrow().rows());
        // Every row still knows its file; of the 1500 small parts at most those since the last rewrite are remembered.
        assertThat(tables.number("SELECT count(*) FROM source.t WHERE _file = 'f'"))
                .isEqualTo(tables.number("SELECT count(*) FROM t"));
        String files = tables.strings("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 't@% files'")
                .get(0);
        assertThat(tables.number("SELECT count(*) FROM store.\"" + files + "\""))
                .isLessThan(500);
    }

    private static List<List<String>> wideRows(int count, String text) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of(Integer.toString(i), text + i, "f", ""));
        }
        return rows;
    }

    private void forget(List<PartRef> small) {
        if (small.size() == 15) {
            small.forEach(part -> part.blobs().forEach(blob -> snapshots.stored.remove(blob.key())));
        }
    }

    private long used() throws SQLException {
        return tables.number("SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()");
    }

    @Test
    void jsonColumnsAreJson() throws SQLException {
        TableSchema json = new TableSchema(List.of(new Column("x", ScalarType.JSON)));
        snapshots.publish(T, json, List.of(snapshots.part(json, List.of(List.of("a", "f", "")), 1)));
        tables.store.update(T);
        assertThat(tables.columns(T)).containsExactly("x JSON");
        assertThat(tables.strings("SELECT json_type(x) || x::VARCHAR FROM t")).containsExactly("VARCHAR\"a\"");
    }

    @Test
    void aColumnMayBeCalledLikeAStoredOneInAnotherCase() throws SQLException {
        TableSchema odd = new TableSchema(List.of(
                new Column("_1", ScalarType.BIGINT),
                new Column("_0", ScalarType.BIGINT),
                new Column("_POSITION", ScalarType.BIGINT),
                new Column("a \"b", ScalarType.BIGINT)));
        snapshots.publish(T, odd, List.of(snapshots.part(odd, List.of(List.of("1", "2", "3", "4", "f", "")), 1)));
        tables.store.update(T);
        assertThat(tables.columns(T)).containsExactly("_1 BIGINT", "_0 BIGINT", "_POSITION BIGINT", "a \"b BIGINT");
        assertThat(tables.strings("SELECT _1 || ',' || _0 || ',' || _position || ',' || \"a \"\"b\" FROM t"))
                .containsExactly("1,2,3,4");
    }

    @Test
    void severalVersionsBehindGoesStraightToTheNewest() throws SQLException {
        PartRef large = part(0, 1000);
        load(large);
        snapshots.publish(T, SCHEMA, List.of(large, part(2000, 2100)));
        Manifest newest = snapshots.publish(T, SCHEMA, List.of(large, part(1000, 1001)));
        assertThat(tables.store.update(T)).isTrue();
        assertThat(tables.store.manifest(T)).contains(newest);
        assertThat(tables.count("loads")).isEqualTo(2);
    }
}
