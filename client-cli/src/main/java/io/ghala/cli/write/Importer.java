package io.ghala.cli.write;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.IntentValidation;
import io.ghala.intent.TypeChangeException;
import io.ghala.intent.WriteRules;
import io.ghala.intent.WriteRules.TypeChange;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Queues rows as upserts in the order of the file, many at a time. Where there is no room it waits and goes on with the
 * first that was not queued, so that the order stays. Invalid rows are left out and reported.
 */
final class Importer implements ImportRows.Sink {
    private static final int TOGETHER = 500;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final IntentQueue queue;
    private final TableName table;
    private final WriteRules rules;
    private final TypeChange change;
    private final LongFunction<Optional<OpId>> opIds;
    private final Report report;
    private final Rest rest;
    private final Duration patience;
    private final List<Request> requests = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private @Nullable WriteToken last;
    private final AtomicLong queued = new AtomicLong();
    private volatile long throughLine;
    private final AtomicLong invalid = new AtomicLong();

    /**
     * An import into one table.
     *
     * @param change whether rows may make a column another kind of type
     * @param opIds the op id of the row in a line, if rows have one
     * @param patience how long to wait for room without any being made
     */
    Importer(
            IntentQueue queue,
            TableName table,
            TypeChange change,
            LongFunction<Optional<OpId>> opIds,
            Report report,
            Rest rest,
            Duration patience) {
        this.queue = queue;
        this.table = table;
        this.rules = queue.rules(table);
        this.change = change;
        this.opIds = opIds;
        this.report = report;
        this.rest = rest;
        this.patience = patience;
    }

    /** Where complaints and progress go. */
    interface Report {
        void invalid(long line, String reason);

        void progress(long queued);
    }

    /** A pause while there is no room. */
    interface Rest {
        void rest(Duration pause) throws InterruptedException;
    }

    @Override
    public void row(long line, String payload) throws InterruptedException {
        Optional<Intent> intent = upsert(line, payload);
        if (intent.isPresent()) {
            requests.add(new Request(intent.get(), opIds.apply(line)));
            lines.add(line);
            if (requests.size() >= TOGETHER) {
                flush();
            }
        }
    }

    private Optional<Intent> upsert(long line, String payload) {
        try {
            RowId id = IntentValidation.idOf(payload, rules.keyColumn());
            rules.require(id, payload, change);
            return Optional.of(new Intent.Upsert(id, payload));
        } catch (InvalidValueException | TypeChangeException e) {
            invalid(line, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    @Override
    public void invalid(long line, String reason) {
        invalid.incrementAndGet();
        report.invalid(line, reason);
    }

    /** Queues what has been read. */
    void flush() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        Duration waited = Duration.ZERO;
        int done = 0;
        while (done < requests.size()) {
            List<EnqueueResult> results = queue.enqueueAll(table, requests.subList(done, requests.size()));
            int before = done;
            Optional<String> full = Optional.empty();
            for (EnqueueResult result : results) {
                full = take(result, lines.get(done));
                if (full.isPresent()) {
                    break;
                }
                done++;
            }
            report.progress(queued.get());
            if (full.isPresent()) {
                pause = done > before ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
                waited = done > before ? Duration.ZERO : waited.plus(pause);
                if (waited.compareTo(patience) > 0) {
                    throw new CommandFailedException(full.get() + " (" + progress() + ")");
                }
                rest.rest(pause);
            }
        }
        requests.clear();
        lines.clear();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Notes one answer; returns the reason if there is no room. */
    private Optional<String> take(EnqueueResult result, long line) {
        if (result instanceof EnqueueResult.Busy busy) {
            return Optional.of(busy.reason());
        }
        if (result instanceof EnqueueResult.NotReady notReady) {
            throw new CommandFailedException(notReady.reason() + " (" + progress() + ")");
        }
        if (result instanceof EnqueueResult.Conflict conflict) {
            invalid(line, "its op id was used for another write, whose token is " + conflict.earlier());
        } else {
            last = ((EnqueueResult.Queued) result).token();
            queued.incrementAndGet();
        }
        throughLine = line;
        return Optional.empty();
    }

    /** How far it got, for people. */
    String progress() {
        String bad = invalid.get() == 0 ? "" : "; " + invalid + " invalid";
        return queued + " rows queued, up to line " + throughLine + bad;
    }

    long invalid() {
        return invalid.get();
    }

    /** The token of the last write. */
    Optional<WriteToken> last() {
        return Optional.ofNullable(last);
    }
}
