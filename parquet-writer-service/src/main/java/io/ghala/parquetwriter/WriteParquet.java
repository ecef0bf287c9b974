package io.ghala.parquetwriter;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileChecksum;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.parquet.ParquetTableWriter;
import io.ghala.snapshot.rows.SnapshotRows;
import io.ghala.snapshot.rows.SnapshotRows.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest version of one table as {@code {table}.parquet}: skip what the file already holds, read the
 * manifest, write all blobs to a temporary file in this process's stage folder, fsync, rename, fsync the root. Whoever
 * opens the file sees one whole version.
 */
final class WriteParquet {
    private static final Logger log = LoggerFactory.getLogger(WriteParquet.class);

    private final TableName table;
    private final FileOptions options;
    private final TableFile file;
    private final SnapshotReader snapshots;
    private final ParquetFiles notes;
    private final BufferAllocator allocator;
    private final MetricRegistry metrics;
    private final LongSupplier nanos;
    /** What was last told of a file that is not ours. */
    private String told = "";

    WriteParquet(
            TableName table,
            GhalaConfig config,
            SnapshotReader snapshots,
            ParquetFiles notes,
            BufferAllocator allocator,
            MetricRegistry metrics,
            LongSupplier nanos) {
        this.table = table;
        this.options = new FileOptions(table, config.parquet());
        this.file = new TableFile(
                table, new FolderLayout(config.dbRoot()), config.parquet().checkInterval(), nanos);
        this.snapshots = snapshots;
        this.notes = notes;
        this.allocator = allocator;
        this.metrics = metrics;
        this.nanos = nanos;
    }

    /**
     * Brings the file up to the newest version; returns whether it was written. Where something of somebody else lies
     * in its place, that is noted and nothing is written.
     *
     * @throws IOException when the disk does not take it; the file before is untouched
     * @throws StageFolder.FencedException when another process took over
     */
    boolean write(StageFolder stage) throws IOException {
        try {
            boolean written = writeUnlessHeld(stage);
            told = "";
            return written;
        } catch (ForeignFileException e) {
            String reason = String.valueOf(e.getMessage());
            notes.leaves(table, reason);
            if (!reason.equals(told)) {
                log.warn("parquet not written table={} reason=\"{}\"", table, reason);
                told = reason;
            }
            return false;
        }
    }

    private boolean writeUnlessHeld(StageFolder stage) throws IOException, ForeignFileException {
        Optional<SnapshotVersion> version = snapshots.version(table);
        if (version.isEmpty() || holds(version.get())) {
            return false;
        }
        Optional<Manifest> manifest = snapshots.manifest(table);
        if (manifest.isEmpty()) {
            return false;
        }
        long started = nanos.getAsLong();
        try {
            FileChecksum written = write(manifest.get(), stage);
            long took = nanos.getAsLong() - started;
            metrics.timer("ghala.parquet.write").update(took, TimeUnit.NANOSECONDS);
            metrics.counter("ghala.parquet.writes").inc();
            metrics.counter("ghala.parquet.bytes").inc(written.bytes());
            log.info(
                    "parquet written table={} version={} rows={} bytes={} ms={}",
                    table,
                    manifest.get().version(),
                    manifest.get().rows(),
                    written.bytes(),
                    TimeUnit.NANOSECONDS.toMillis(took));
            return true;
        } catch (MissingBlobException | CorruptSnapshotException e) {
            // One that was replaced meanwhile is read anew by the next round.
            snapshots.requestRepairIfPublished(table, manifest.get().version(), e);
            throw e;
        }
    }

    private boolean holds(SnapshotVersion version) throws IOException, ForeignFileException {
        Optional<ParquetFooter> footer = file.footer();
        if (footer.isEmpty() || !footer.get().holds(table, version, options)) {
            return false;
        }
        notes.holds(table, footer.get().version());
        return true;
    }

    private FileChecksum write(Manifest manifest, StageFolder stage) throws IOException, ForeignFileException {
        Path temporary = stage.newFile();
        try {
            FileChecksum checksum = writeRows(manifest, temporary);
            StageFolder.sync(temporary);
            file.replace(temporary, checksum, stage);
            return checksum;
        } catch (NoSuchFileException e) {
            throw stage.fencedOr(e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private FileChecksum writeRows(Manifest manifest, Path temporary) throws IOException {
        ChecksummedOutput output = new ChecksummedOutput(temporary);
        try (ParquetTableWriter writer = new ParquetTableWriter(
                output, options.columns(manifest.schema()), options.parquet(manifest.schema()))) {
            read(manifest, writer::write);
            writer.finish(ParquetFooter.metadata(manifest, options));
        }
        return output.checksum();
    }

    private void read(Manifest manifest, Sink<IOException> out) throws IOException {
        SnapshotRows rows = new SnapshotRows(manifest, snapshots, allocator);
        List<Integer> keys = options.sortKeys(manifest.schema());
        if (keys.isEmpty()) {
            rows.read(out);
            return;
        }
        try (SortedRows sorted = new SortedRows(keys, options.settings().sortBytes(), allocator, out)) {
            rows.read(sorted);
            sorted.finish();
        }
    }
}
