package io.ghala.queryservice;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.gate.SqlGate;
import io.ghala.queryservice.load.FollowTables;
import io.ghala.queryservice.load.TableStore;
import io.ghala.queryservice.run.Answer;
import io.ghala.queryservice.run.RunStatement;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one request: through the gate, wait until the tables hold what was asked for, run, send. */
public final class AnswerQuery {
    private static final Logger log = LoggerFactory.getLogger(AnswerQuery.class);

    private final SqlGate gate;
    private final TableStore store;
    private final FollowTables follow;
    private final SnapshotReader snapshots;
    private final IntentQueue intents;
    private final RunStatement run;
    private final QuerySettings settings;
    private final MetricRegistry metrics;

    @Inject
    AnswerQuery(
            SqlGate gate,
            TableStore store,
            FollowTables follow,
            SnapshotReader snapshots,
            IntentQueue intents,
            RunStatement run,
            QuerySettings settings,
            MetricRegistry metrics) {
        this.gate = gate;
        this.store = store;
        this.follow = follow;
        this.snapshots = snapshots;
        this.intents = intents;
        this.run = run;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Answers; returns the number of rows.
     *
     * @throws SqlProblemException saying why not
     */
    public long answer(SqlRequest request, Answer answer) {
        long started = System.nanoTime();
        String status = "ok";
        long rows = 0;
        try (Timer.Context ignored = metrics.timer("ghala.query.answers").time()) {
            Duration timeout =
                    request.timeout().compareTo(settings.timeoutMax()) > 0 ? settings.timeoutMax() : request.timeout();
            long deadline = started + timeout.toNanos();
            Set<TableName> tables = gate.check(request.sql(), store.tables());
            awaitWrite(request, tables, deadline);
            awaitVersions(request, deadline);
            rows = run.run(request, tables, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())), answer);
            return rows;
        } catch (SqlProblemException e) {
            status = e.problem().kind().name();
            metrics.meter("ghala.query.problems." + status).mark();
            throw e;
        } finally {
            log.info(
                    "answered statement={} status={} rows={} ms={}",
                    Integer.toHexString(request.sql().hashCode()),
                    status,
                    rows,
                    (System.nanoTime() - started) / 1_000_000);
        }
    }

    private void awaitWrite(SqlRequest request, Set<TableName> tables, long deadline) {
        if (request.after().isEmpty()) {
            return;
        }
        WriteToken token = request.after().get();
        if (tables.size() != 1) {
            throw problem(
                    Kind.BAD_REQUEST,
                    "a token belongs to one table, but the statement reads " + tables.size() + " tables");
        }
        TableName table = tables.iterator().next();
        while (!holds(table, token)) {
            WriteState state = intents.state(table, token);
            if (state instanceof WriteState.Dead dead) {
                throw problem(
                        Kind.CONFLICT,
                        "the write " + token + " was not applied: " + dead.reason() + "; see ghala errors");
            }
            if (state instanceof WriteState.Unknown unknown) {
                throw problem(Kind.CONFLICT, unknown.reason());
            }
            pause(deadline, "table " + table + " does not hold the write " + token + " yet");
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

    private void awaitVersions(SqlRequest request, long deadline) {
        request.minVersion().forEach((table, least) -> {
            while (store.manifest(table)
                    .map(manifest -> manifest.version().compareTo(least) < 0)
                    .orElse(true)) {
                SnapshotVersion loaded =
                        store.manifest(table).map(Manifest::version).orElse(SnapshotVersion.NONE);
                pause(deadline, "table " + table + " is at version " + loaded + ", not yet at " + least);
            }
        });
    }

    private void pause(long deadline, String waitingFor) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw problem(Kind.TIMEOUT, waitingFor + ": raise the timeout, or look at ghala status");
        }
        try {
            follow.awaitProgress(Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlProblemException(new SqlProblem(Kind.INTERRUPTED, "the query-service stops: ask again"), e);
        }
    }

    private static SqlProblemException problem(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }
}
