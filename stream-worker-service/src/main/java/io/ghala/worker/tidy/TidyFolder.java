package io.ghala.worker.tidy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.intent.IntentLog;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.worker.apply.PublishedKeyColumn;
import io.ghala.worker.stage.OpFolder;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.tidy.MergeOps.Merged;
import io.ghala.worker.tidy.TidyPlan.Deletes;
import io.ghala.worker.tidy.TidyPlan.Extent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Tidies up one table's op files so that no row is ever lost or comes back, whatever is killed where: up to which id
 * all is settled and published; no worker that could bring older files back any more; hidden writes away; many files
 * merged into one; the merged one published; its inputs away. Whoever finds a folder in between any two steps just
 * begins again.
 */
public final class TidyFolder implements AutoCloseable {
    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final SnapshotReader snapshots;
    private final CleanUpBarrier barrier;
    private final PublishedKeyColumn keyColumn;
    private final Stage stage;
    private final FailPoints failPoints;
    private final Clock clock;
    private final Path folder;
    private final AwaitWorkers workers;
    private final RemoveOpFiles remove;
    private final MergeFiles merge;

    public TidyFolder(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            SnapshotReader snapshots,
            CleanUpBarrier barrier,
            PublishedKeyColumn keyColumn,
            Stage stage,
            Tick tick,
            FailPoints failPoints,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.intents = intents;
        this.snapshots = snapshots;
        this.barrier = barrier;
        this.keyColumn = keyColumn;
        this.stage = stage;
        this.failPoints = failPoints;
        this.clock = clock;
        FolderLayout layout = new FolderLayout(config.dbRoot());
        this.folder = layout.table(table);
        this.workers = new AwaitWorkers(
                table, layout, barrier, config.worker().cleanUp().barrierWait(), tick, clock);
        this.remove = new RemoveOpFiles(table, folder, barrier, failPoints, metrics);
        this.merge = new MergeFiles(table, folder, intents, snapshots, stage, remove, tick, failPoints, metrics, clock);
    }

    /** A short rest while waiting for other processes. */
    public interface Tick {
        void rest() throws InterruptedException;
    }

    /** What is left to do. */
    enum Outcome {
        DONE,
        /** The merged file is there, but was not published in time: tidying up again goes on from it. */
        UNPUBLISHED
    }

    /**
     * Tidies up once, if there is something.
     *
     * @throws ReplacedException another process tidies up now: nothing more was removed
     * @throws IOException the folder does not take it now
     */
    Outcome tidy(Extent extent) throws IOException, ReplacedException, InterruptedException {
        Optional<Watermark> published = published();
        if (published.isEmpty()) {
            return Outcome.DONE;
        }
        StreamId through = published.get().through();
        TidyPlan plan = plan(through, extent);
        if (plan.removable().isEmpty() && plan.merge().size() < 2) {
            return Outcome.DONE;
        }
        stage.fenceOthers();
        String raised = barrier.raise(table);
        failPoints.reach("cleaner.after-barrier");
        workers.passed(raised);
        failPoints.reach("cleaner.after-workers");
        remove.remove(plan.removable(), raised);
        // What is hidden is gone now, so every write of a row that the plan does not hold is in a file that it does not
        // merge.
        TidyPlan rest = plan(through, extent);
        return rest.removable().isEmpty() && rest.merge().size() >= 2
                ? merge.merge(merged(rest), published.get().epoch(), raised)
                : Outcome.DONE;
    }

    private Merged merged(TidyPlan plan) throws IOException {
        return MergeOps.of(folder, plan.merge(), plan.spentBefore(), keyColumn.get());
    }

    /**
     * Up to where all is settled and in the published version; empty while Redis and the folder are of different
     * epochs.
     */
    private Optional<Watermark> published() {
        Optional<Settled> settled = intents.settled(table);
        return snapshots
                .watermark(table)
                .filter(mark -> settled.isPresent()
                        && settled.get().epoch().equals(mark.epoch())
                        && settled.get().through().compareTo(mark.through()) >= 0);
    }

    private TidyPlan plan(StreamId through, Extent extent) throws IOException {
        boolean refused = snapshots
                .manifest(table)
                .map(manifest -> !manifest.refused().isEmpty())
                .orElse(true);
        return TidyPlan.of(
                OpFolder.list(folder),
                through,
                clock.millis(),
                refused ? Deletes.KEEP : Deletes.MAY_GO,
                extent,
                config.worker().cleanUp());
    }

    @Override
    public void close() {
        stage.leave();
    }
}
