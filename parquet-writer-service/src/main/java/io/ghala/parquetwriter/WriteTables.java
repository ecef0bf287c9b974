package io.ghala.parquetwriter;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.model.TableName;
import io.ghala.redis.HeldLeases;
import io.ghala.service.Closers;
import io.ghala.service.Signal;
import io.ghala.service.Work;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every selected table that this process holds the lease of: when announced, after each reconnect, and on a timer. */
final class WriteTables implements Work {
    private static final Logger log = LoggerFactory.getLogger(WriteTables.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotReader snapshots;
    private final HeldLeases leases;
    private final BufferAllocator allocator;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Signal wakeUp = new Signal();
    private final Map<TableName, StageFolder> stages = new HashMap<>();
    private final Map<TableName, Long> writtenNanos = new HashMap<>();

    @Inject
    WriteTables(
            GhalaConfig config,
            SnapshotReader snapshots,
            HeldLeases leases,
            BufferAllocator allocator,
            Announcements announcements,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.snapshots = snapshots;
        this.leases = leases;
        this.allocator = allocator;
        this.metrics = metrics;
        this.clock = clock;
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
    public Next runOnce() throws IOException {
        Set<TableName> tables = snapshots.tables();
        if (tables.isEmpty()) {
            return Next.AFTER_PAUSE;
        }
        layout.requireRoot(() -> false);
        IOException failure = null;
        for (TableName table : tables) {
            if (config.tables().includes(table) && !debounced(table)) {
                try {
                    write(table);
                } catch (IOException e) {
                    // One table that does not fit the disk must not keep the others from being written.
                    metrics.counter("ghala.parquet.failures").inc();
                    failure = new IOException("table " + table + " could not be written: " + e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Next.AFTER_PAUSE;
    }

    private boolean debounced(TableName table) {
        Long written = writtenNanos.get(table);
        return written != null
                && System.nanoTime() - written < config.parquet().debounce().toNanos();
    }

    private void write(TableName table) throws IOException {
        if (leases.of(table).isEmpty()) {
            closeStage(table);
            return;
        }
        String role = "parquet-" + table;
        StageFolder stage = stages.get(table);
        if (stage == null) {
            stage = StageFolder.create(layout, role);
            stages.put(table, stage);
            // Before the footer is read: the holder before this one must not be able to rename an older version over
            // what is written now.
            stage.fenceOthers(layout, role);
        }
        try {
            if (new WriteParquet(table, config, snapshots, allocator, clock).write(stage)) {
                metrics.counter("ghala.parquet.writes").inc();
                writtenNanos.put(table, System.nanoTime());
            }
        } catch (FencedException e) {
            log.warn("fenced table={} reason=\"{}\"", table, e.getMessage());
            leases.lost(table);
            stages.remove(table);
        }
    }

    private void closeStage(TableName table) throws IOException {
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
