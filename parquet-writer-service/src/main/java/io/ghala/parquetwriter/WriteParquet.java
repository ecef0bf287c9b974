package io.ghala.parquetwriter;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.model.TableName;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.parquet.ParquetOptions;
import io.ghala.snapshot.parquet.ParquetTableWriter;
import io.ghala.snapshot.rows.SnapshotRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.parquet.io.LocalOutputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest version of one table as {@code {table}.parquet}: read the manifest, skip what the file already holds, write all blobs to a
 * temporary file in this process's stage folder, fsync, rename, fsync the root. Whoever opens the file sees one whole version.
 */
final class WriteParquet {
    private static final Logger log = LoggerFactory.getLogger(WriteParquet.class);

    private final TableName table;
    private final FolderLayout layout;
    private final GhalaConfig.ParquetSettings settings;
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final Clock clock;

    WriteParquet(
            TableName table, GhalaConfig config, SnapshotReader snapshots, BufferAllocator allocator, Clock clock) {
        this.table = table;
        this.layout = new FolderLayout(config.dbRoot());
        this.settings = config.parquet();
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.clock = clock;
    }

    /**
     * Brings the file up to the newest version; returns whether it was written.
     *
     * @throws IOException when the disk does not take it; the file before is untouched
     * @throws StageFolder.FencedException when another process took over
     */
    boolean write(StageFolder stage) throws IOException {
        Optional<Manifest> manifest = snapshots.manifest(table);
        Path target = layout.parquet(table);
        if (manifest.isEmpty()
                || ParquetFooter.read(target)
                        .map(footer -> footer.holds(manifest.get()))
                        .orElse(false)) {
            return false;
        }
        long startedMs = clock.millis();
        Path temporary = stage.newFile();
        try {
            writeRows(manifest.get(), temporary);
            StageFolder.sync(temporary);
            long bytes = Files.size(temporary);
            stage.rename(temporary, target);
            FolderLayout.sync(layout.root());
            log.info(
                    "parquet written table={} version={} rows={} bytes={} ms={}",
                    table,
                    manifest.get().version(),
                    manifest.get().rows(),
                    bytes,
                    clock.millis() - startedMs);
            return true;
        } catch (MissingBlobException | CorruptSnapshotException e) {
            requestRepairIfStillPublished(manifest.get(), e);
            throw e;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void writeRows(Manifest manifest, Path temporary) throws IOException {
        ParquetOptions options = ParquetOptions.of(settings, Set.of());
        try (ParquetTableWriter writer = new ParquetTableWriter(
                new LocalOutputFile(temporary), manifest.schema().columns(), options)) {
            new SnapshotRows(manifest, snapshots, allocator).read(writer::write);
            writer.finish(ParquetFooter.metadata(manifest));
        }
    }

    /** A version that was replaced while it was read is read anew by the next round; one that still stands is broken. */
    private void requestRepairIfStillPublished(Manifest manifest, RuntimeException problem) {
        Optional<Manifest> now = snapshots.manifest(table);
        if (now.isPresent() && now.get().version().equals(manifest.version())) {
            snapshots.requestRepair(table, String.valueOf(problem.getMessage()));
        }
    }
}
