package io.ghala.queryservice.run;

import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlRequest;
import io.ghala.query.StatementHash;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A statement from its beginning to its end, which another thread may tell to stop. It is the answer that its rows go
 * to.
 */
final class RunningStatement implements Answer, AutoCloseable {
    private final SqlRequest request;
    private final StatementHash hash;
    private final DuckDBConnection connection;
    private final Answer answer;
    private final RunningStatements all;
    private final Thread thread = Thread.currentThread();
    private final long started = System.nanoTime();
    private final long deadline;
    private @Nullable Stop stop;
    private long quietSince;
    private boolean sending;
    private boolean ended;

    RunningStatement(
            SqlRequest request, DuckDBConnection connection, long deadline, Answer answer, RunningStatements all) {
        this.request = request;
        this.hash = StatementHash.of(request.sql());
        this.connection = connection;
        this.deadline = deadline;
        this.answer = answer;
        this.all = all;
    }

    /** Why a statement was told to stop. */
    enum Stop {
        /** Its time is over. */
        LATE,
        /** Nobody waits for the answer. */
        UNWANTED,
        /** The process has to end. */
        DRAINED
    }

    StatementHash hash() {
        return hash;
    }

    SqlRequest request() {
        return request;
    }

    long deadline() {
        return deadline;
    }

    boolean runsLongerThan(Duration time) {
        return System.nanoTime() - started > time.toNanos();
    }

    synchronized Optional<Stop> told() {
        return Optional.ofNullable(stop);
    }

    /** Tells it to stop, again and again until it does; the first reason counts. */
    synchronized void stop(Stop why) {
        if (ended) {
            return;
        }
        if (stop == null) {
            stop = why;
            quietSince = System.nanoTime();
        }
        if (sending) {
            thread.interrupt();
        } else {
            boolean heard = Interrupt.of(connection);
            all.countInterrupt(heard);
        }
    }

    /**
     * Whether it goes on calculating so long after it was told to stop. Waiting for a slow reader is no calculating.
     */
    synchronized boolean deaf(Duration patience) {
        return stop != null && !ended && !sending && System.nanoTime() - quietSince > patience.toNanos();
    }

    @Override
    public void header(SqlHeader header) {
        answer.header(header);
    }

    @Override
    public void block(byte[] bytes) {
        beginSending();
        try {
            answer.block(bytes);
        } finally {
            endSending();
        }
    }

    private synchronized void beginSending() {
        if (stop != null) {
            throw new CancellationException("the statement was told to stop");
        }
        sending = true;
    }

    private synchronized void endSending() {
        sending = false;
        quietSince = System.nanoTime();
        if (stop != null && Thread.interrupted()) {
            // The interruption was meant for the sending, which is over.
            stop(stop);
        }
    }

    @Override
    public void problem(SqlProblem problem) {
        answer.problem(problem);
    }

    @Override
    public boolean cancelled() {
        return answer.cancelled();
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
        }
        all.ended(this);
    }
}
