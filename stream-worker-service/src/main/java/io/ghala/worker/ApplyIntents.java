package io.ghala.worker;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentValidation;
import io.ghala.model.InvalidValueException;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.service.FatalStop;
import io.ghala.service.ServiceIdentity;
import io.ghala.service.Signal;
import io.ghala.service.Work;
import io.ghala.worker.Stage.OpFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the writes of one table: open the stream, take a batch, check it, make it durable in the folder, and only then acknowledge. Taking
 * an entry twice is harmless: it gives the same file name, and the greatest stream id of a row wins whoever wrote it and when.
 */
final class ApplyIntents implements Work {
    private static final Logger log = LoggerFactory.getLogger(ApplyIntents.class);
    private static final Duration WAIT = Duration.ofMillis(500);

    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final IntentQueue queue;
    private final Stage stage;
    private final ServiceIdentity identity;
    private final FatalStop fatal;
    private final FailPoints failPoints;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Path folder;
    private final Signal wakeUp = new Signal();
    private long claimedAtMs;

    ApplyIntents(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            IntentQueue queue,
            Stage stage,
            ServiceIdentity identity,
            FatalStop fatal,
            FailPoints failPoints,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.intents = intents;
        this.queue = queue;
        this.stage = stage;
        this.identity = identity;
        this.fatal = fatal;
        this.failPoints = failPoints;
        this.metrics = metrics;
        this.clock = clock;
        this.folder = new FolderLayout(config.dbRoot()).table(table);
    }

    @Override
    public String name() {
        return "apply-" + table;
    }

    @Override
    public Duration pause() {
        return Duration.ZERO;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() throws IOException {
        if (intents.epoch(table).isEmpty()) {
            // Redis is new or lost the stream: it goes on above everything that the folder holds.
            intents.open(table, StreamFloor.of(folder));
        }
        apply(claimed());
        apply(intents.read(table, identity.instance(), config.worker().batchEntries(), WAIT));
        return Next.AT_ONCE;
    }

    /** Entries that another worker, or this one before a failure, has held for too long. */
    private List<Entry> claimed() {
        if (clock.millis() - claimedAtMs < config.worker().claimIdle().toMillis() / 4) {
            return List.of();
        }
        claimedAtMs = clock.millis();
        return intents.claim(
                table,
                identity.instance(),
                config.worker().claimIdle(),
                config.worker().batchEntries());
    }

    private void apply(List<Entry> entries) throws IOException {
        if (!entries.isEmpty()) {
            failPoints.reach("worker.after-read");
        }
        List<Entry> valid = new ArrayList<>();
        List<Entry.Write> writes = new ArrayList<>();
        String keyColumn = entries.isEmpty() ? "" : queue.keyColumn(table);
        for (Entry entry : entries) {
            try {
                writes.add(requireValid(entry, keyColumn));
                valid.add(entry);
            } catch (InvalidValueException e) {
                intents.bury(table, entry, String.valueOf(e.getMessage()));
                failPoints.reach("worker.after-bury");
                metrics.counter("ghala.worker.dead").inc();
                log.warn("dead table={} entry={} reason=\"{}\"", table, entry.streamId(), e.getMessage());
            }
        }
        if (!writes.isEmpty()) {
            write(valid, writes);
        }
    }

    private static Entry.Write requireValid(Entry entry, String keyColumn) {
        if (entry instanceof Entry.Malformed malformed) {
            throw new InvalidValueException(malformed.reason());
        }
        Entry.Write write = (Entry.Write) entry;
        if (write.intent() instanceof Intent.Upsert upsert) {
            IntentValidation.requireValid(upsert.id(), upsert.payload(), keyColumn);
        }
        return write;
    }

    private void write(List<Entry> entries, List<Entry.Write> writes) throws IOException {
        long startedMs = clock.millis();
        List<OpFile> files = BatchFiles.of(writes, config.worker().rowFilesMax());
        try {
            stage.write(folder, files);
        } catch (FencedException e) {
            fatal.request(String.valueOf(e.getMessage()));
            throw e;
        }
        intents.acknowledge(
                table,
                entries,
                files.stream().map(file -> file.name().fileName()).toList());
        failPoints.reach("worker.after-acknowledge");
        metrics.meter("ghala.worker.applied").mark(entries.size());
        log.info(
                "applied table={} entries={} files={} from={} to={} ms={}",
                table,
                entries.size(),
                files.size(),
                entries.get(0).streamId(),
                entries.get(entries.size() - 1).streamId(),
                clock.millis() - startedMs);
    }
}
