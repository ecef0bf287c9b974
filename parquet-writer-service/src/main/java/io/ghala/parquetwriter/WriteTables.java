package io.ghala.parquetwriter;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.LeasedTables;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes every selected table that this process holds the lease of: when announced, after each reconnect, and on a
 * timer.
 */
final class WriteTables implements Work {
    private static final Logger log = LoggerFactory.getLogger(WriteTables.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotReader snapshots;
    private final ParquetFiles notes;
    private final HeldLeases leases;
    private final LeasedTables leased;
    private final BufferAllocator allocator;
    private final MetricRegistry metrics;
    private final Signal wakeUp = new Signal();
    private final Map<TableName, StageFolder> stages = new HashMap<>();
    private final Map<TableName, WriteParquet> files = new HashMap<>();
    private final Map<TableName, Long> writtenNanos = new HashMap<>();

    @Inject
    WriteTables(
            GhalaConfig config,
            SnapshotReader snapshots,
            ParquetFiles notes,
            HeldLeases leases,
            BufferAllocator allocator,
            Announcements announcements,
            MetricRegistry metrics,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.snapshots = snapshots;
        this.notes = notes;
        this.leases = leases;
        this.leased = new LeasedTables(config.tables(), leases);
        this.allocator = allocator;
        this.metrics = metrics;
        closers.register("stages", this::removeStages);
        closers.register("announcements", announcements.follow(this::hear, wakeUp::raise));
    }

    private void hear(Announcement announcement) {
        if (announcement.kind() == Announcement.Kind.SNAPSHOT) {
            wakeUp.raise();
        }
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() throws IOException, InterruptedException {
        Set<TableName> tables = snapshots.tables();
        if (tables.isEmpty()) {
            return Next.AFTER_PAUSE;
        }
        layout.requireRoot(() -> false);
        leased.each(tables, this::writeIfDue);
        return Next.AFTER_PAUSE;
    }

    /** One table that is damaged or does not fit the disk must not keep the others from being written. */
    private void writeIfDue(TableName table, boolean held) throws IOException {
        if (!held) {
            closeStage(table);
        } else if (!debounced(table)) {
            try {
                write(table);
            } catch (IOException | MissingBlobException | CorruptSnapshotException e) {
                metrics.counter("ghala.parquet.failures").inc();
                throw new IOException("its file could not be written: " + e.getMessage(), e);
            }
        }
    }

    private boolean debounced(TableName table) {
        Long written = writtenNanos.get(table);
        return written != null
                && System.nanoTime() - written < config.parquet().debounce().toNanos();
    }

    private void write(TableName table) throws IOException {
        String role = "parquet-" + table;
        StageFolder stage = stages.get(table);
        if (stage == null) {
            stage = stage(role);
            stages.put(table, stage);
        }
        try {
            WriteParquet file = files.computeIfAbsent(
                    table,
                    name -> new WriteParquet(name, config, snapshots, notes, allocator, metrics, System::nanoTime));
            if (file.write(stage)) {
                writtenNanos.put(table, System.nanoTime());
            }
        } catch (FencedException e) {
            log.warn("fenced table={} reason=\"{}\"", table, e.getMessage());
            leases.lost(table);
            stages.remove(table);
            files.remove(table);
        }
    }

    /**
     * A stage whose predecessors are fenced, before the footer is read: none of them can rename an older version over
     * what is written now.
     */
    private StageFolder stage(String role) throws IOException {
        StageFolder stage = StageFolder.create(layout, role);
        try {
            stage.fenceOthers(layout, role);
            return stage;
        } catch (IOException e) {
            try (stage) {
                throw e;
            }
        }
    }

    private void closeStage(TableName table) throws IOException {
        files.remove(table);
        Optional<StageFolder> stage = Optional.ofNullable(stages.remove(table));
        if (stage.isPresent()) {
            stage.get().close();
        }
    }

    private void removeStages() throws IOException {
        for (StageFolder stage : stages.values()) {
            stage.close();
        }
    }
}
