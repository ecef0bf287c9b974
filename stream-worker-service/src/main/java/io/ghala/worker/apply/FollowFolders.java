package io.ghala.worker.apply;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Backlog;
import io.ghala.intent.IntentQueue;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceIdentity;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import io.ghala.work.WorkPerTable;
import io.ghala.worker.stage.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;

/** Has {@link ApplyIntents} done for every selected table that has a folder. */
public final class FollowFolders implements Work, ReadinessCheck {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final IntentLog intents;
    private final IntentQueue queue;
    private final SnapshotReader snapshots;
    private final PlainRows plainRows;
    private final ServiceIdentity identity;
    private final FailPoints failPoints;
    private final BufferAllocator allocator;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Signal wakeUp = new Signal();
    private final WorkPerTable<ApplyIntents> tables;

    @Inject
    FollowFolders(
            GhalaConfig config,
            IntentLog intents,
            IntentQueue queue,
            SnapshotReader snapshots,
            PlainRows plainRows,
            ServiceIdentity identity,
            FailPoints failPoints,
            BufferAllocator allocator,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.intents = intents;
        this.queue = queue;
        this.snapshots = snapshots;
        this.plainRows = plainRows;
        this.identity = identity;
        this.failPoints = failPoints;
        this.allocator = allocator;
        this.metrics = metrics;
        this.clock = clock;
        this.tables = closers.register("tables", new WorkPerTable<>(this::apply, ApplyIntents::close, metrics));
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public Optional<String> problem() {
        return tables.problem();
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
        layout.requireRoot(() -> snapshots.tables().isEmpty());
        Set<TableName> folders = layout.tables();
        folders.removeIf(table -> !config.tables().includes(table));
        tables.follow(folders);
        folders.forEach(this::gauge);
        return Next.AFTER_PAUSE;
    }

    /** The chain of one table; each has its own stage, so that fencing one table's worker leaves the others alone. */
    private ApplyIntents apply(TableName table) {
        Stage stage = new Stage(layout, table, Stage.WORKER, failPoints);
        ReferenceFit reference = new ReferenceFit(table, config, allocator, clock);
        ApplyBatch batches = new ApplyBatch(
                table,
                config,
                intents,
                new KeyColumn(table, queue, clock),
                reference,
                stage,
                failPoints,
                metrics,
                clock);
        ApplyConditional conditional =
                new ApplyConditional(table, config, intents, batches, stage, plainRows, failPoints, clock);
        return new ApplyIntents(
                table,
                config,
                intents,
                stage,
                batches,
                conditional,
                identity,
                failPoints,
                clock,
                ApplyIntents.PATIENCE);
    }

    private void gauge(TableName table) {
        Backlog backlog = intents.backlog(table);
        metrics.gauge("ghala.worker." + table + ".queued", () -> new Level()).set(backlog.queued());
        metrics.gauge("ghala.worker." + table + ".pending", () -> new Level()).set(backlog.pending());
        metrics.gauge("ghala.worker." + table + ".dead_letters", () -> new Level())
                .set(backlog.dead());
    }

    /** A number that is set from time to time. */
    static final class Level implements com.codahale.metrics.Gauge<Long> {
        private volatile long value;

        void set(long now) {
            value = now;
        }

        @Override
        public Long getValue() {
            return value;
        }
    }
}
