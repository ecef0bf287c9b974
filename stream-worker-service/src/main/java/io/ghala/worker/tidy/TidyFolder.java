package io.ghala.worker.tidy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.folder.StageFolder;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Settled;
import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.worker.apply.KeyColumn;
import io.ghala.worker.stage.OpFolder;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.stage.Stage.OpFile;
import io.ghala.worker.tidy.MergeOps.Merged;
import io.ghala.worker.tidy.TidyPlan.Deletes;
import io.ghala.worker.tidy.TidyPlan.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tidies up one table's op files so that no row is ever lost or comes back, whatever is killed where: up to which id all is settled and
 * published; no worker that could bring older files back any more; hidden writes away; many files merged into one; the merged one published;
 * its inputs away. Whoever finds a folder in between any two steps just begins again.
 */
public final class TidyFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TidyFolder.class);
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(5);

    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final SnapshotReader snapshots;
    private final CleanUpBarrier barrier;
    private final KeyColumn keyColumn;
    private final Stage stage;
    private final Tick tick;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final FolderLayout layout;
    private final Path folder;

    public TidyFolder(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            SnapshotReader snapshots,
            CleanUpBarrier barrier,
            KeyColumn keyColumn,
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
        this.tick = tick;
        this.failPoints = failPoints;
        this.metrics = metrics;
        this.clock = clock;
        this.layout = new FolderLayout(config.dbRoot());
        this.folder = layout.table(table);
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
        awaitWorkers(raised);
        failPoints.reach("cleaner.after-workers");
        remove(plan.removable(), raised);
        // What is hidden is gone now, so every write of a row that the plan does not hold is in a file that it does not
        // merge.
        TidyPlan rest = plan(through, extent);
        return rest.removable().isEmpty() && rest.merge().size() >= 2
                ? merge(rest, published.get().epoch(), raised)
                : Outcome.DONE;
    }

    /** Up to where all is settled and in the published version; empty while Redis and the folder are of different epochs. */
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

    /** Waits until every worker has shown that it holds nothing old, and fences those that do not in time: they sleep or are dead. */
    private void awaitWorkers(String raised) throws IOException, ReplacedException, InterruptedException {
        // Stages made from now on hold only what was taken after the barrier.
        Set<String> stages = StageFolder.standing(layout, Stage.role(Stage.WORKER, table));
        long deadline = clock.millis() + config.worker().cleanUp().barrierWait().toMillis();
        while (true) {
            stages.removeAll(barrier.passed(table, raised));
            stages.retainAll(StageFolder.standing(layout, Stage.role(Stage.WORKER, table)));
            if (stages.isEmpty()) {
                return;
            }
            if (clock.millis() >= deadline) {
                break;
            }
            tick.rest();
        }
        for (String asleep : stages) {
            StageFolder.fence(layout, asleep);
            log.info("stage fenced table={} stage={} reason=\"its worker did not pass the barrier\"", table, asleep);
        }
    }

    private void remove(List<OpFileName> files, String raised) throws IOException, ReplacedException {
        if (files.isEmpty()) {
            return;
        }
        barrier.passed(table, raised);
        for (OpFileName file : files.stream().sorted(TidyPlan.REMOVAL).toList()) {
            Files.deleteIfExists(folder.resolve(file.fileName()));
            failPoints.reach("cleaner.after-remove");
        }
        FolderLayout.sync(folder);
        metrics.counter("ghala.worker.op_files_removed").inc(files.size());
        log.info("op files removed table={} files={}", table, files.size());
    }

    private Outcome merge(TidyPlan plan, Epoch epoch, String raised)
            throws IOException, ReplacedException, InterruptedException {
        Merged merged = MergeOps.of(folder, plan.merge(), plan.spentBefore(), keyColumn.name());
        List<OpFileName> replaced = merged.inputs().stream()
                .filter(input ->
                        merged.file().stream().noneMatch(file -> file.name().equals(input)))
                .toList();
        if (replaced.isEmpty()) {
            return Outcome.DONE;
        }
        if (merged.file().isPresent()) {
            OpFile file = merged.file().get();
            boolean known = merged.inputs().contains(file.name());
            stage.write(List.of(file));
            failPoints.reach("cleaner.after-merge");
            if (!allThere(merged.inputs()) && !known) {
                takeBack(file);
                return Outcome.DONE;
            }
            intents.acknowledge(table, List.of(), List.of(file.name().fileName()));
            failPoints.reach("cleaner.after-log");
            if (!awaitPublished(epoch, intents.mark(table))) {
                log.info(
                        "merge not published yet table={} file={}",
                        table,
                        file.name().fileName());
                return Outcome.UNPUBLISHED;
            }
            failPoints.reach("cleaner.after-published");
            if (!allThere(merged.inputs()) && !known) {
                takeBack(file);
                return Outcome.DONE;
            }
            metrics.counter("ghala.worker.merges").inc();
            log.info(
                    "op files merged table={} files={} into={} bytes={}",
                    table,
                    replaced.size(),
                    file.name().fileName(),
                    file.content().length);
        }
        remove(replaced, raised);
        return Outcome.DONE;
    }

    private boolean allThere(List<OpFileName> inputs) {
        return inputs.stream().allMatch(input -> Files.exists(folder.resolve(input.fileName())));
    }

    /** Somebody removed an input by hand to undo it: the merged file would bring it back. */
    private void takeBack(OpFile file) throws IOException {
        Files.deleteIfExists(folder.resolve(file.name().fileName()));
        FolderLayout.sync(folder);
        log.info(
                "merge taken back table={} file={} reason=\"an input went\"",
                table,
                file.name().fileName());
    }

    /** A watermark at or beyond the marker was read after the merged file was logged, so the version with it holds that file. */
    private boolean awaitPublished(Epoch epoch, StreamId marker) throws InterruptedException {
        long deadline = clock.millis() + PUBLISHED_WITHIN.toMillis();
        while (clock.millis() < deadline) {
            Optional<Watermark> mark = snapshots.watermark(table);
            if (mark.isPresent()
                    && mark.get().epoch().equals(epoch)
                    && mark.get().through().compareTo(marker) >= 0) {
                return true;
            }
            tick.rest();
        }
        return false;
    }

    @Override
    public void close() {
        stage.leave();
    }
}
