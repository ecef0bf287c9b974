package io.ghala.worker.tidy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.intent.CleanUpBarrier.ReplacedException;
import io.ghala.intent.IntentLog;
import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.stage.Stage.OpFile;
import io.ghala.worker.tidy.MergeOps.Merged;
import io.ghala.worker.tidy.TidyFolder.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one file in the place of many: brings it in, waits until a published version holds it, and only then removes the
 * many.
 */
final class MergeFiles {
    private static final Logger log = LoggerFactory.getLogger(MergeFiles.class);
    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(5);
    private final TableName table;
    private final Path folder;
    private final IntentLog intents;
    private final SnapshotReader snapshots;
    private final Stage stage;
    private final RemoveOpFiles remove;
    private final TidyFolder.Tick tick;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;
    private final Clock clock;

    MergeFiles(
            TableName table,
            Path folder,
            IntentLog intents,
            SnapshotReader snapshots,
            Stage stage,
            RemoveOpFiles remove,
            TidyFolder.Tick tick,
            FailPoints failPoints,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.folder = folder;
        this.intents = intents;
        this.snapshots = snapshots;
        this.stage = stage;
        this.remove = remove;
        this.tick = tick;
        this.failPoints = failPoints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** {@code raised} is the barrier that all workers passed; {@code epoch} that of the stream. */
    Outcome merge(Merged merged, Epoch epoch, String raised)
            throws IOException, ReplacedException, InterruptedException {
        List<OpFileName> replaced = merged.inputs().stream()
                .filter(input ->
                        merged.file().stream().noneMatch(file -> file.name().equals(input)))
                .toList();
        if (replaced.isEmpty()) {
            return Outcome.DONE;
        }
        Optional<OpFile> file = merged.file();
        if (file.isPresent()) {
            Optional<Outcome> ended = bringIn(file.get(), merged.inputs(), epoch);
            if (ended.isPresent()) {
                return ended.get();
            }
            metrics.counter("ghala.worker.merges").inc();
            log.info(
                    "op files merged table={} files={} into={} bytes={}",
                    table,
                    replaced.size(),
                    file.get().name().fileName(),
                    file.get().content().length);
        }
        remove.remove(replaced, raised);
        return Outcome.DONE;
    }

    /** Brings the merged file in and waits until it is published; how it ended where its inputs must stay. */
    private Optional<Outcome> bringIn(OpFile file, List<OpFileName> inputs, Epoch epoch)
            throws IOException, InterruptedException {
        boolean known = inputs.contains(file.name());
        stage.write(List.of(file));
        failPoints.reach("cleaner.after-merge");
        if (!known && !allThere(inputs)) {
            takeBack(file);
            return Optional.of(Outcome.DONE);
        }
        intents.acknowledge(table, List.of(), List.of(file.name().fileName()));
        failPoints.reach("cleaner.after-log");
        if (!awaitPublished(epoch, intents.mark(table))) {
            log.info(
                    "merge not published yet table={} file={}",
                    table,
                    file.name().fileName());
            return Optional.of(Outcome.UNPUBLISHED);
        }
        failPoints.reach("cleaner.after-published");
        if (!known && !allThere(inputs)) {
            takeBack(file);
            return Optional.of(Outcome.DONE);
        }
        return Optional.empty();
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

    /**
     * A watermark at or beyond the marker was read after the merged file was logged, so the version with it holds that
     * file.
     */
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
}
