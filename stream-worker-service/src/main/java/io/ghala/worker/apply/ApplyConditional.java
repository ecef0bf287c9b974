package io.ghala.worker.apply;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.Op;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Decision;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.RowCondition;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.model.Epoch;
import io.ghala.model.Excerpt;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import io.ghala.worker.apply.PlainRows.NotKnownException;
import io.ghala.worker.stage.RowOps;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.stage.Stage.OpFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compare and set. A write with a condition waits until it is the smallest pending one while others go on, is decided
 * once for all workers, and is then applied or dead. It may wait here for long and be settled by another worker
 * meanwhile: deciding asks whether it is still pending, in the same round in which its file is renamed.
 */
public final class ApplyConditional {
    private static final Logger log = LoggerFactory.getLogger(ApplyConditional.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final ApplyBatch batches;
    private final Stage stage;
    private final PlainRows plainRows;
    private final FailPoints failPoints;
    private final Clock clock;
    private final Path folder;
    private final TreeMap<StreamId, Entry.Write> waiting = new TreeMap<>();
    private long notBeforeMs;

    public ApplyConditional(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            ApplyBatch batches,
            Stage stage,
            PlainRows plainRows,
            FailPoints failPoints,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.intents = intents;
        this.batches = batches;
        this.stage = stage;
        this.plainRows = plainRows;
        this.failPoints = failPoints;
        this.clock = clock;
        this.folder = new FolderLayout(config.dbRoot()).table(table);
    }

    void add(Entry.Write write) {
        waiting.put(write.streamId(), write);
    }

    boolean waits() {
        return !waiting.isEmpty();
    }

    void forget() {
        waiting.clear();
    }

    /** Applies those whose turn has come. */
    void apply() throws IOException {
        while (!waiting.isEmpty() && clock.millis() >= notBeforeMs) {
            Entry.Write first = waiting.firstEntry().getValue();
            Optional<Settled> settled = intents.settled(table);
            if (settled.isEmpty()
                    || settled.get().through().compareTo(first.streamId().before()) < 0) {
                return;
            }
            try {
                settle(first, settled.get().epoch());
                waiting.remove(first.streamId());
            } catch (NotKnownException e) {
                notBeforeMs = clock.millis() + PAUSE.toMillis();
                log.warn("write waits table={} entry={} reason=\"{}\"", table, first.streamId(), e.getMessage());
            }
        }
    }

    private void settle(Entry.Write write, Epoch epoch) throws IOException, NotKnownException {
        Optional<String> problem = batches.problem(write);
        if (problem.isPresent()) {
            batches.bury(write, problem.get());
            return;
        }
        RowId id = write.intent().id();
        Optional<Op> base = RowOps.latestBelow(folder, id, write.streamId());
        Optional<Decision> decision = intents.decide(table, write.streamId(), against(write, base, epoch));
        failPoints.reach("worker.after-decide");
        if (decision.isEmpty()) {
            return;
        }
        if (decision.get().against().isPresent()) {
            batches.bury(write, decision.get().against().get());
            return;
        }
        write(write, base);
    }

    private void write(Entry.Write write, Optional<Op> base) throws IOException {
        List<OpFile> files = BatchFiles.of(
                List.of(write), config.worker().opFiles(), config.worker().rowFilesMax());
        List<String> names = files.stream().map(file -> file.name().fileName()).toList();
        // There already: it was renamed before somebody was killed, so what the base is now does not matter any more.
        boolean renamed = Files.exists(folder.resolve(names.get(0)));
        try {
            stage.write(files, () -> {
                if (!renamed
                        && !RowOps.latestBelow(folder, write.intent().id(), write.streamId())
                                .equals(base)) {
                    throw new BaseChangedException();
                }
            });
        } catch (BaseChangedException e) {
            log.debug("base changed table={} entry={}", table, write.streamId(), e);
            batches.bury(write, row(write) + " was changed in the folder by hand while this write was applied");
            return;
        }
        intents.acknowledge(table, List.of(write), names);
        failPoints.reach("worker.after-acknowledge");
        log.info(
                "applied table={} entry={} condition=\"{}\"",
                table,
                write.streamId(),
                condition(write).text());
    }

    private static RowCondition condition(Entry.Write write) {
        return write.condition().orElseThrow(() -> new IllegalArgumentException(write + " has no condition"));
    }

    private static String row(Entry.Write write) {
        return "row '" + Excerpt.of(write.intent().id().text()) + "'";
    }

    /** The reason why the condition does not hold, with both versions; empty when it holds. */
    private Optional<String> against(Entry.Write write, Optional<Op> base, Epoch epoch) throws NotKnownException {
        RowCondition condition = condition(write);
        String now = base.map(op -> (op.payload().isEmpty() ? "deleted by " : "at version ") + op.streamId())
                .orElse("not written by anybody");
        String against = row(write) + " is " + now + ", expected was ";
        if (condition instanceof RowCondition.Is is) {
            boolean same = base.isPresent() && base.get().streamId().equals(is.version());
            return same ? Optional.empty() : Optional.of(against + "version " + is.version());
        }
        if (condition instanceof RowCondition.NotAfter notAfter) {
            boolean later = base.isPresent() && base.get().streamId().compareTo(notAfter.version()) > 0;
            return later
                    ? Optional.of(against + "nothing after version " + notAfter.version()
                            + ": look at the row, then retry with --force")
                    : Optional.empty();
        }
        if (base.isPresent()) {
            return base.get().payload().isPresent() ? Optional.of(against + "no row") : Optional.empty();
        }
        return plainRows.hold(
                        table, write.intent().id(), epoch, write.streamId().before())
                ? Optional.of(row(write) + " is in a file of the folder (it has no version), expected was no row")
                : Optional.empty();
    }

    /** The row's last write is not what the decision was made on. */
    private static final class BaseChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
