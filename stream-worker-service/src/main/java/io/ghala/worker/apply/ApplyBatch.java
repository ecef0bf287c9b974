package io.ghala.worker.apply;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentValidation;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.stage.Stage.OpFile;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a batch durable and settles it. What can never be applied is dead at once. When a batch fails although the
 * folder takes files, each of its entries is tried alone, so that one of them cannot hold up the others.
 */
public final class ApplyBatch {
    private static final Logger log = LoggerFactory.getLogger(ApplyBatch.class);

    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final PublishedKeyColumn keyColumn;
    private final ReferenceFit reference;
    private final Stage stage;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;
    private final Clock clock;

    public ApplyBatch(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            PublishedKeyColumn keyColumn,
            ReferenceFit reference,
            Stage stage,
            FailPoints failPoints,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.intents = intents;
        this.keyColumn = keyColumn;
        this.reference = reference;
        this.stage = stage;
        this.failPoints = failPoints;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Applies all of them.
     *
     * @throws IOException when the folder does not take files; nothing is settled that is not durable, and all may be
     *     applied again
     */
    void apply(List<Entry> entries) throws IOException {
        List<Entry> valid = new ArrayList<>(entries.size());
        List<Entry.Write> writes = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Optional<String> problem = problem(entry);
            if (problem.isPresent()) {
                bury(entry, problem.get());
                continue;
            }
            valid.add(entry);
            if (entry instanceof Entry.Write write) {
                writes.add(write);
            }
        }
        if (valid.isEmpty()) {
            return;
        }
        Optional<Exception> failure = tryWrite(valid, writes);
        if (failure.isPresent()) {
            log.warn(
                    "batch failed table={} entries={} problem=\"{}\" next=\"each alone\"",
                    table,
                    valid.size(),
                    failure.get().getMessage());
            for (Entry entry : valid) {
                applyAlone(entry);
            }
        }
    }

    /** Applies an entry that failed, or was delivered often: now it is known to be its own fault when it fails. */
    void applyAlone(Entry entry) throws IOException {
        int most = config.worker().maxDeliveries();
        if (entry.deliveries() > 2L * most) {
            bury(
                    entry,
                    "it was given to workers " + (entry.deliveries() - 1)
                            + " times, the last ones alone, and none of them lived to say what became of it");
            return;
        }
        Optional<String> problem = problem(entry);
        if (problem.isPresent()) {
            bury(entry, problem.get());
            return;
        }
        Optional<Exception> failure =
                tryWrite(List.of(entry), entry instanceof Entry.Write write ? List.of(write) : List.of());
        if (failure.isEmpty()) {
            return;
        }
        if (entry.deliveries() >= most) {
            bury(
                    entry,
                    "it could not be written in " + entry.deliveries() + " tries: "
                            + failure.get().getMessage());
        } else {
            log.warn(
                    "entry failed table={} entry={} deliveries={} problem=\"{}\" next=\"tries again\"",
                    table,
                    entry.streamId(),
                    entry.deliveries(),
                    failure.get().getMessage());
        }
    }

    /** Why the entry can never be applied, empty if it can. */
    Optional<String> problem(Entry entry) throws IOException {
        if (entry instanceof Entry.Malformed malformed) {
            return Optional.of(malformed.reason());
        }
        if (!(entry instanceof Entry.Write write) || write.intent().content().isEmpty()) {
            return Optional.empty();
        }
        String content = write.intent().content().get();
        try {
            IntentValidation.requireValid(write.intent().id(), content, keyColumn.get());
        } catch (InvalidValueException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return reference.problem(content);
    }

    void bury(Entry entry, String reason) {
        intents.bury(table, entry, reason);
        failPoints.reach("worker.after-bury");
        metrics.counter("ghala.worker.dead").inc();
        log.warn("dead table={} entry={} reason=\"{}\"", table, entry.streamId(), reason);
    }

    /** Writes and settles; returns what went wrong if it was not the folder. */
    private Optional<Exception> tryWrite(List<Entry> entries, List<Entry.Write> writes) throws IOException {
        long startedMs = clock.millis();
        List<OpFile> files;
        try {
            files = BatchFiles.of(
                    writes, config.worker().opFiles(), config.worker().rowFilesMax());
            if (!files.isEmpty()) {
                stage.write(files);
            }
        } catch (FencedException | FailPoints.ReachedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            requireFolder(writes, e);
            return Optional.of(e);
        }
        failPoints.reach("worker.before-acknowledge");
        intents.acknowledge(
                table,
                entries,
                files.stream().map(file -> file.name().fileName()).toList());
        failPoints.reach("worker.after-acknowledge");
        metrics.meter("ghala.worker.applied").mark(writes.size());
        if (!writes.isEmpty()) {
            log.info(
                    "applied table={} entries={} files={} from={} to={} ms={}",
                    table,
                    entries.size(),
                    files.size(),
                    entries.get(0).streamId(),
                    entries.get(entries.size() - 1).streamId(),
                    clock.millis() - startedMs);
        }
        return Optional.empty();
    }

    /**
     * Tells a folder that takes nothing from writes that no folder would take, by writing as many bytes under another
     * name.
     */
    private void requireFolder(List<Entry.Write> writes, Exception failure) throws IOException {
        long bytes = 4096;
        for (Entry.Write write : writes) {
            bytes += 4096L + 3L * write.intent().content().map(String::length).orElse(0);
        }
        Optional<IOException> problem = stage.folderProblem(bytes);
        if (problem.isPresent()) {
            metrics.counter("ghala.worker.folder_failures").inc();
            IOException folder = new IOException(
                    "the folder of table " + table + " takes no files ("
                            + problem.get().getMessage() + "): writes wait until it does",
                    problem.get());
            folder.addSuppressed(failure);
            throw folder;
        }
    }
}
