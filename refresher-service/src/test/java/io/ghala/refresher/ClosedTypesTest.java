package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableSchema;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.codec.EveryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file with every type of the closed set goes in; the same values and types come out, in every format of snapshots.
 */
class ClosedTypesTest {
    @TempDir
    Path temp;

    private void survives(String name, byte[] file) throws IOException {
        // The hidden columns of the sample are columns of this file, and make way for the table's own.
        List<String> rows = EveryType.ROWS.stream()
                .map(row -> row.replace("\"_file\"", "\"_file_\"").replace("\"_version\"", "\"_version_\""))
                .sorted()
                .toList();
        for (SnapshotFormat format : SnapshotFormat.values()) {
            Path folder = Files.createDirectories(temp.resolve(format.name().toLowerCase(java.util.Locale.ROOT)));
            Files.write(folder.resolve(name), file);
            try (Refresher refresher =
                    new Refresher(folder, new PlanParts(), Map.of("SNAPSHOT_FORMAT", format.name()))) {
                refresher.update();
                Table table = Table.of(refresher);
                assertThat(table.refused()).as(format.name()).isEmpty();
                List<Column> columns = table.schema().columns();
                assertThat(new TableSchema(columns.subList(0, columns.size() - 2)))
                        .as(format.name())
                        .isEqualTo(EveryType.SCHEMA);
                assertThat(table.rows()).as(format.name()).isEqualTo(rows);
            }
            Files.delete(folder.resolve(name));
        }
    }

    @Test
    void everyTypeSurvivesFromParquetToEverySnapshotFormat() throws IOException {
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 1)) {
            survives("every.parquet", BlobCodecs.of(SnapshotFormat.PARQUET).encode(rows));
        }
    }

    @Test
    void everyTypeSurvivesFromArrowToEverySnapshotFormat() throws IOException {
        for (TypedFileSamples.Form form : TypedFileSamples.Form.values()) {
            try (RootAllocator allocator = new RootAllocator();
                    VectorSchemaRoot rows = EveryType.rows(allocator, 1)) {
                survives("every.arrow", TypedFileSamples.arrow(form, rows, null));
            }
        }
    }
}
