package io.ghala.queryservice.answer;

import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.load.FollowTables;
import io.ghala.queryservice.run.Answer;
import io.ghala.queryservice.store.TableStore;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Waits until the loaded tables hold the writes, have the versions and are as fresh as a request asks for, or its time
 * is over.
 */
public final class AwaitTables {
    private final TableStore store;
    private final FollowTables follow;
    private final SnapshotReader snapshots;
    private final IntentQueue intents;
    private final Clock clock;

    @Inject
    AwaitTables(TableStore store, FollowTables follow, SnapshotReader snapshots, IntentQueue intents, Clock clock) {
        this.store = store;
        this.follow = follow;
        this.snapshots = snapshots;
        this.intents = intents;
        this.clock = clock;
    }

    /**
     * Returns when everything holds.
     *
     * @throws SqlProblemException TIMEOUT saying what did not come, CONFLICT when it cannot come, BAD_REQUEST when a
     *     token fits no table
     * @throws CancellationException when nobody waits for the answer any more
     */
    void until(SqlRequest request, Set<TableName> tables, long arrived, long deadline, Answer answer) {
        Wait wait = new Wait(deadline, answer);
        tokens(request.after(), tables).forEach((table, token) -> awaitWrite(table, token, wait));
        request.minVersion().forEach((table, least) -> {
            if (tables.contains(table)) {
                awaitVersion(table, least, wait);
            }
        });
        if (request.maxAge().isPresent()) {
            Instant arrival = clock.instant().minusNanos(System.nanoTime() - arrived);
            tables.forEach(
                    table -> awaitConfirmation(table, arrival, request.maxAge().get(), wait));
        }
    }

    private static Map<TableName, WriteToken> tokens(AwaitedWrites after, Set<TableName> tables) {
        Map<TableName, WriteToken> tokens = new TreeMap<>(after.byTable());
        for (TableName table : tokens.keySet()) {
            if (!tables.contains(table)) {
                throw problem(
                        Kind.BAD_REQUEST,
                        "a token was given for table " + table + ", but the statement does not read it");
            }
        }
        if (after.ofOnlyTable().isPresent()) {
            if (tables.size() != 1) {
                throw problem(
                        Kind.BAD_REQUEST,
                        "a token belongs to one table, but the statement reads "
                                + (tables.isEmpty()
                                        ? "none"
                                        : tables.stream().map(TableName::value).collect(Collectors.joining(", ")))
                                + ": give it as TABLE=TOKEN");
            }
            tokens.put(tables.iterator().next(), after.ofOnlyTable().get());
        }
        return tokens;
    }

    private void awaitWrite(TableName table, WriteToken token, Wait wait) {
        while (!holds(table, token)) {
            WriteState state = intents.state(table, token);
            if (state instanceof WriteState.Dead dead) {
                throw problem(
                        Kind.CONFLICT,
                        "the write " + token + " was not applied: " + dead.reason() + "; see ghala errors " + table);
            }
            if (state instanceof WriteState.Unknown unknown) {
                throw problem(Kind.CONFLICT, unknown.reason());
            }
            wait.pause("table " + table + " does not hold the write " + token + " yet");
        }
    }

    private boolean holds(TableName table, WriteToken token) {
        Optional<Watermark> mark = snapshots.watermark(table);
        Optional<Manifest> loaded = store.manifest(table);
        return mark.isPresent()
                && loaded.isPresent()
                && mark.get().epoch().equals(token.epoch())
                && mark.get().through().compareTo(token.id()) >= 0
                && loaded.get().version().compareTo(mark.get().version()) >= 0;
    }

    private void awaitVersion(TableName table, SnapshotVersion least, Wait wait) {
        while (store.manifest(table)
                .map(manifest -> manifest.version().compareTo(least) < 0)
                .orElse(true)) {
            SnapshotVersion loaded =
                    store.manifest(table).map(Manifest::version).orElse(SnapshotVersion.NONE);
            wait.pause("table " + table + " is at version " + loaded + ", not yet at " + least);
        }
    }

    private void awaitConfirmation(TableName table, Instant arrival, Duration maxAge, Wait wait) {
        Instant oldest = arrival.minus(maxAge);
        while (store.confirmed(table).map(at -> at.isBefore(oldest)).orElse(true)) {
            follow.askForLook(table);
            wait.pause("table " + table + " was not compared with its folder within max_age_ms=" + maxAge.toMillis());
        }
    }

    private static SqlProblemException problem(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }

    /** The waiting of one request. */
    private final class Wait {
        private final long deadline;
        private final Answer answer;

        Wait(long deadline, Answer answer) {
            this.deadline = deadline;
            this.answer = answer;
        }

        void pause(String waitingFor) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw problem(Kind.TIMEOUT, waitingFor + ": raise the timeout, or look at ghala status");
            }
            if (answer.cancelled()) {
                throw new CancellationException("nobody waits for the answer any more");
            }
            try {
                follow.awaitProgress(Duration.ofNanos(left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SqlProblemException(
                        new SqlProblem(Kind.INTERRUPTED, "the query-service stops: ask again"), e);
            }
        }
    }
}
