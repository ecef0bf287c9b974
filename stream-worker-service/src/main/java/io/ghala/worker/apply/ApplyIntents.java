package io.ghala.worker.apply;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceIdentity;
import io.ghala.redis.wire.RedisUnavailableException;
import io.ghala.service.FailPoints;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.stage.StreamFloor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the writes of one table: open the stream, take a batch, check it, make it durable in the folder, and only
 * then acknowledge. Taking an entry twice is harmless: it gives the same file name, and the greatest stream id of a row
 * wins whoever wrote it and when.
 *
 * <p>A batch that the folder does not take stays in hand and is tried again, and nothing else is taken meanwhile: a
 * full, read-only or absent folder costs time but no write.
 */
public final class ApplyIntents implements Work, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ApplyIntents.class);
    /** How long a round waits for the next write where nothing else is to be done. */
    static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration SHORT_WAIT = Duration.ofMillis(20);

    private final TableName table;
    private final GhalaConfig config;
    private final IntentLog intents;
    private final Stage stage;
    private final ApplyBatch batches;
    private final ApplyConditional conditional;
    private final ServiceIdentity identity;
    private final FailPoints failPoints;
    private final Clock clock;
    private final Duration patience;
    private final Signal wakeUp = new Signal();
    private final BatchSize size;
    private List<Entry> inHand = List.of();
    private boolean opened;
    private long claimedAtMs;

    public ApplyIntents(
            TableName table,
            GhalaConfig config,
            IntentLog intents,
            Stage stage,
            ApplyBatch batches,
            ApplyConditional conditional,
            ServiceIdentity identity,
            FailPoints failPoints,
            Clock clock,
            Duration patience) {
        this.table = table;
        this.config = config;
        this.intents = intents;
        this.stage = stage;
        this.batches = batches;
        this.conditional = conditional;
        this.identity = identity;
        this.failPoints = failPoints;
        this.clock = clock;
        this.patience = patience;
        this.size = new BatchSize(config.worker().batchEntries());
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
        try {
            if (inHand.isEmpty()) {
                begin();
                inHand = take();
            }
            apply();
        } catch (FencedException e) {
            // What was taken since the stage was made must not reach the folder any more; it is pending and comes
            // again.
            log.warn("fenced table={} entries={} reason=\"{}\"", table, inHand.size(), e.getMessage());
            inHand = List.of();
            conditional.forget();
            stage.leave();
        } catch (RedisUnavailableException e) {
            opened = false;
            throw e;
        }
        return Next.AT_ONCE;
    }

    /** With nothing in hand: the folder takes files, the stream is open and at least where the folder is. */
    private void begin() throws IOException {
        String incarnation = stage.open();
        if (!opened || intents.begin(table, incarnation).isEmpty()) {
            // Redis may be new, restarted from old data or another than before: it goes on above everything in the
            // folder.
            intents.open(table, StreamFloor.of(new FolderLayout(config.dbRoot()).table(table)));
            intents.begin(table, incarnation);
            opened = true;
        }
    }

    private List<Entry> take() {
        List<Entry> entries = new ArrayList<>(claimed());
        Duration wait = !entries.isEmpty() || conditional.waits() ? SHORT_WAIT : patience;
        if (entries.size() < size.next()) {
            entries.addAll(intents.read(table, identity.instance(), size.next(), wait));
        }
        size.observe(entries);
        return entries;
    }

    /** Entries that another worker, or this one before a failure, has held for too long. */
    private List<Entry> claimed() {
        if (clock.millis() - claimedAtMs < config.worker().claimIdle().toMillis() / 4) {
            return List.of();
        }
        claimedAtMs = clock.millis();
        return intents.claim(table, identity.instance(), config.worker().claimIdle(), size.next());
    }

    private void apply() throws IOException {
        if (!inHand.isEmpty()) {
            failPoints.reach("worker.after-read");
            List<Entry> together = new ArrayList<>();
            List<Entry> alone = new ArrayList<>();
            for (Entry entry : inHand) {
                if (entry instanceof Entry.Write write && write.condition().isPresent()) {
                    conditional.add(write);
                } else if (entry.deliveries() > config.worker().maxDeliveries()) {
                    alone.add(entry);
                } else {
                    together.add(entry);
                }
            }
            batches.apply(together);
            // What is settled must not be written again: somebody may remove its file by hand from now on.
            inHand = alone;
            while (!inHand.isEmpty()) {
                batches.applyAlone(inHand.get(0));
                inHand = inHand.subList(1, inHand.size());
            }
        }
        conditional.apply();
    }

    @Override
    public void close() {
        stage.leave();
    }
}
