package io.ghala.refresher;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.model.TableName;
import io.ghala.refresher.verify.Pause;
import io.ghala.refresher.verify.QueuedWrites;
import io.ghala.refresher.verify.TakeLook;
import io.ghala.refresher.verify.VerifyTable;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.findings.Verdict;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SchemaCodec;
import io.ghala.snapshot.parquet.ParquetOptions;
import io.ghala.snapshot.parquet.ParquetTableWriter;
import io.ghala.snapshot.rows.SnapshotRows;
import io.ghala.testing.memory.MemorySnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.parquet.io.LocalOutputFile;

/** Verifications of what a refresher published of a folder, without waiting. */
final class Verification {
    private final MemorySnapshots snapshots;
    private final TableName table;
    private final Path root;
    final List<String> said = new ArrayList<>();
    QueuedWrites queued = name -> 0;
    Pause pause = duration -> {};

    Verification(Path folder, MemorySnapshots snapshots) {
        this.snapshots = snapshots;
        this.root = Objects.requireNonNull(folder.toAbsolutePath().getParent());
        this.table = new TableName(folder.getFileName().toString());
    }

    Path parquet() {
        return root.resolve(table + ".parquet");
    }

    /** The published rows as the Parquet file beside the folder, in row groups of {@code groupRows} rows. */
    void writeParquet(int groupRows) throws IOException {
        Manifest manifest = snapshots.manifest(table).orElseThrow();
        writeParquet(groupRows, manifest, manifest);
    }

    /** The published rows, last first, in a file that says that it is sorted. */
    void writeSortedParquet() throws IOException {
        Manifest manifest = snapshots.manifest(table).orElseThrow();
        Files.deleteIfExists(parquet());
        try (RootAllocator allocator = new RootAllocator();
                ParquetTableWriter writer = new ParquetTableWriter(
                        new LocalOutputFile(parquet()), manifest.schema().columns(), options(2))) {
            new SnapshotRows(manifest, snapshots, allocator).read(rows -> {
                for (int row = rows.getRowCount() - 1; row >= 0; row--) {
                    try (VectorSchemaRoot one = rows.slice(row, 1)) {
                        writer.write(one);
                    }
                }
            });
            Map<String, String> footer = new HashMap<>(footer(manifest, manifest));
            footer.put("ghala.options", "rows=2 sort-columns=id");
            writer.finish(footer);
        }
    }

    private static ParquetOptions options(int groupRows) {
        return new ParquetOptions(ParquetCompression.NONE, 3, 1L << 30, groupRows, 1 << 20, 1, Set.of());
    }

    private Map<String, String> footer(Manifest rows, Manifest named) {
        return Map.of(
                "ghala.table", table.value(),
                "ghala.version", named.version().toString(),
                "ghala.root_hash", named.rootHash(),
                "ghala.schema", SchemaCodec.encode(rows.schema()).toString());
    }

    /** The rows of one version under the name of another. */
    void writeParquet(int groupRows, Manifest rows, Manifest named) throws IOException {
        Files.deleteIfExists(parquet());
        try (RootAllocator allocator = new RootAllocator();
                ParquetTableWriter writer = new ParquetTableWriter(
                        new LocalOutputFile(parquet()), rows.schema().columns(), options(groupRows))) {
            new SnapshotRows(rows, snapshots, allocator).read(writer::write);
            writer.finish(footer(rows, named));
        }
    }

    Verdict verdict() throws IOException, InterruptedException {
        GhalaConfig config = ConfigLoader.of(Map.of("DB_ROOT", root.toString())).load(0);
        Progress progress = new Progress(said::add, () -> 0);
        try (RootAllocator allocator = new RootAllocator()) {
            TakeLook looks = new TakeLook(config, snapshots, Refresher.TYPED, allocator, progress);
            return new VerifyTable(config, snapshots, queued, looks, pause, progress).verify(table);
        }
    }

    /** The lines of all differences. */
    List<String> lines() throws IOException, InterruptedException {
        return verdict().differences().stream().map(Difference::line).toList();
    }
}
