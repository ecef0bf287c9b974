package io.ghala.queryservice.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.rows.SnapshotRows;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After each of many random changes the loaded table has the rows and columns of its manifest, as a store that begins
 * anew has them.
 */
class RandomChangesTest {
    private static final TableName T = new TableName("t");
    private static final int CHANGES = 150;
    /** Their codecs are slow. */
    private static final int CHANGES_OF_OTHER_FORMATS = 50;

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void everyVectorWasClosed() {
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource(SnapshotFormat.class)
    void theLoadedTableIsItsManifest(SnapshotFormat format) throws Exception {
        int changes = format == SnapshotFormat.ARROW ? CHANGES : CHANGES_OF_OTHER_FORMATS;
        long seed = new SplittableRandom().nextLong();
        FakeSnapshots snapshots = new FakeSnapshots(format, allocator);
        RandomTable table = new RandomTable(seed, snapshots, T);
        try (LoadedStore tables = new LoadedStore(snapshots, allocator)) {
            for (int i = 0; i < changes; i++) {
                Manifest manifest = table.publish();
                tables.store.update(T);
                assertSame(tables.rows(T), oracle(manifest, snapshots), "seed " + seed + " change " + i);
                assertThat(tables.columns(T))
                        .as("seed %s change %s", seed, i)
                        .isEqualTo(manifest.schema().columns().stream()
                                .map(column -> column.name() + " "
                                        + shown(column.type().sql()))
                                .toList());
                if (i % 50 == 0) {
                    compareWithAFreshStore(tables, snapshots);
                }
                table.change();
            }
            assertThat(tables.count("full_loads")).isLessThan(changes * 3L / 4);
            assertThat(tables.count("rows_deleted")).isPositive();
        }
    }

    /** Names the first rows that differ; the lists are long. */
    private static void assertSame(List<String> actual, List<String> expected, String when) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            assertThat(actual.get(i)).as("%s row %s", when, i).isEqualTo(expected.get(i));
        }
        assertThat(actual.size()).as(when).isEqualTo(expected.size());
    }

    private static String shown(String type) {
        return type.equals("TIMESTAMPTZ") ? "TIMESTAMP WITH TIME ZONE" : type;
    }

    private void compareWithAFreshStore(LoadedStore tables, FakeSnapshots snapshots) throws Exception {
        try (LoadedStore fresh = new LoadedStore(snapshots, allocator)) {
            fresh.store.update(T);
            assertSame(tables.rows(T), fresh.rows(T), "fresh");
            assertThat(tables.columns(T)).isEqualTo(fresh.columns(T));
        }
    }

    /** The rows as the library reads them for other readers of the snapshot. */
    private List<String> oracle(Manifest manifest, FakeSnapshots snapshots) {
        List<String> rows = new ArrayList<>();
        new SnapshotRows(manifest, snapshots, allocator).read(root -> {
            JsonRowText text = new JsonRowText(root.getFieldVectors());
            for (int row = 0; row < root.getRowCount(); row++) {
                Utf8Buffer out = new Utf8Buffer();
                text.append(row, out);
                rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
            }
        });
        rows.sort(null);
        return rows;
    }
}
