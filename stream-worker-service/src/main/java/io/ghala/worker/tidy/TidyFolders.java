package io.ghala.worker.tidy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.LeasedTables;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceIdentity;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import io.ghala.worker.apply.PublishedKeyColumn;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.tidy.TidyFolder.Outcome;
import io.ghala.worker.tidy.TidyPlan.Extent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up every selected table that this process holds the cleaner's lease of, from time to time and when somebody
 * asks. The lease only spares work: two that tidy up at once stop each other.
 */
public final class TidyFolders implements Work {
    private static final Logger log = LoggerFactory.getLogger(TidyFolders.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration IDLE_CONSUMER = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofMillis(20);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final IntentLog intents;
    private final IntentQueue queue;
    private final SnapshotReader snapshots;
    private final CleanUpBarrier barrier;
    private final CompactionRequests requests;
    private final LeasedTables leased;
    private final ServiceIdentity identity;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Signal wakeUp = new Signal();
    private final Map<TableName, TidyFolder> tables = new HashMap<>();
    private final Map<TableName, Long> tidiedAtMs = new HashMap<>();
    /** Tables whose merged file was not published in time. */
    private final Set<TableName> unfinished = new HashSet<>();

    @Inject
    TidyFolders(
            GhalaConfig config,
            IntentLog intents,
            IntentQueue queue,
            SnapshotReader snapshots,
            CleanUpBarrier barrier,
            CompactionRequests requests,
            HeldLeases leases,
            ServiceIdentity identity,
            FailPoints failPoints,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.intents = intents;
        this.queue = queue;
        this.snapshots = snapshots;
        this.barrier = barrier;
        this.requests = requests;
        this.leased = new LeasedTables(config.tables(), leases);
        this.identity = identity;
        this.failPoints = failPoints;
        this.metrics = metrics;
        this.clock = clock;
        closers.register("cleaner stages", () -> tables.values().forEach(TidyFolder::close));
    }

    @Override
    public String name() {
        return "tidy";
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
        layout.requireRoot(() -> snapshots.tables().isEmpty());
        leased.each(layout.tables(), (table, held) -> {
            if (held) {
                tidyIfDue(table);
            }
        });
        return Next.AFTER_PAUSE;
    }

    private void tidyIfDue(TableName table) throws InterruptedException {
        boolean asked = requests.take(table) || unfinished.contains(table);
        long last = tidiedAtMs.computeIfAbsent(table, t -> clock.millis());
        if (asked
                || clock.millis() - last >= config.worker().cleanUp().interval().toMillis()) {
            tidiedAtMs.put(table, clock.millis());
            tidy(table, asked ? Extent.ALL : Extent.WHEN_MANY);
        }
    }

    /**
     * A clean-up that does not succeed is no reason not to serve: writes go on, and it is tried again after the
     * interval.
     */
    private void tidy(TableName table, Extent extent) throws InterruptedException {
        TidyFolder tidy = tables.computeIfAbsent(table, this::make);
        try {
            unfinished.remove(table);
            if (tidy.tidy(extent) == Outcome.UNPUBLISHED) {
                unfinished.add(table);
            }
            intents.removeIdleConsumers(table, identity.instance(), IDLE_CONSUMER);
        } catch (IOException | ReplacedException | FencedException e) {
            metrics.counter("ghala.worker.clean_up_failures").inc();
            log.warn("clean-up stopped table={} reason=\"{}\" next=\"tries again\"", table, e.getMessage(), e);
            tidy.close();
        }
    }

    private TidyFolder make(TableName table) {
        return new TidyFolder(
                table,
                config,
                intents,
                snapshots,
                barrier,
                new PublishedKeyColumn(table, queue, clock),
                new Stage(layout, table, Stage.CLEANER, failPoints),
                this::rest,
                failPoints,
                metrics,
                clock);
    }

    /** Only the end of the loop raises its signal: then nothing is waited for any more. */
    private void rest() throws InterruptedException {
        if (wakeUp.await(TICK)) {
            throw new InterruptedException("the service ends");
        }
    }
}
