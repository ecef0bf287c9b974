package io.ghala.queryservice.run;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.load.TableStore;
import io.ghala.queryservice.run.RowBlocks.AnswerTooLargeException;
import io.ghala.queryservice.run.RowBlocks.Bounds;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** Runs one statement that passed the gate, in a transaction that fixes the versions of its tables, within time and size. */
public final class RunStatement {
    private static final long BATCH_ROWS = 8192;
    private static final long WATCH_MS = 500;

    private final TableStore store;
    private final BufferAllocator allocator;
    private final QuerySettings settings;
    private final ScheduledExecutorService watcher;

    @Inject
    public RunStatement(
            TableStore store, BufferAllocator allocator, QuerySettings settings, ScheduledExecutorService watcher) {
        this.store = store;
        this.allocator = allocator;
        this.settings = settings;
        this.watcher = watcher;
    }

    /**
     * Runs it and sends header and rows.
     *
     * @param left what is left of the request's time
     * @return the number of rows
     * @throws SqlProblemException TIMEOUT, TOO_LARGE or BAD_REQUEST with DuckDB's own message
     */
    public long run(SqlRequest request, Set<TableName> tables, Duration left, Answer answer) {
        AtomicBoolean late = new AtomicBoolean();
        try (DuckDBConnection connection = store.connection();
                Statement control = connection.createStatement()) {
            control.execute("BEGIN TRANSACTION");
            SqlHeader header = store.header(connection, tables);
            String sql = withoutSemicolon(request.sql());
            ResultColumns columns;
            String wrapped;
            try (PreparedStatement described = connection.prepareStatement(sql)) {
                columns = ResultColumns.of(described.getMetaData());
                wrapped = columns.wrap(sql, described.getMetaData());
            }
            try (PreparedStatement statement = connection.prepareStatement(wrapped)) {
                long deadline = System.nanoTime() + left.toNanos();
                ScheduledFuture<?> watch = watcher.scheduleWithFixedDelay(
                        () -> cancelWhenOver(statement, deadline, answer, late), 1, WATCH_MS, TimeUnit.MILLISECONDS);
                ScheduledFuture<?> end = watcher.schedule(
                        () -> cancelWhenOver(statement, deadline, answer, late), left.toNanos(), TimeUnit.NANOSECONDS);
                try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery();
                        ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
                    answer.header(header);
                    return new RowBlocks(answer, new Bounds(settings.maxRows(), settings.maxBytes()))
                            .send(reader, columns.names(), request.format());
                } finally {
                    watch.cancel(false);
                    end.cancel(false);
                }
            }
        } catch (AnswerTooLargeException e) {
            throw failed(Kind.TOO_LARGE, String.valueOf(e.getMessage()), e);
        } catch (SQLException | IOException e) {
            throw explained(e, late.get(), request);
        }
    }

    private static void cancelWhenOver(PreparedStatement statement, long deadline, Answer answer, AtomicBoolean late) {
        boolean over = System.nanoTime() >= deadline;
        if (over || answer.cancelled()) {
            late.compareAndSet(false, over);
            try {
                statement.cancel();
            } catch (SQLException e) {
                // The statement ended between the look and the call.
                late.set(over);
            }
        }
    }

    private static SqlProblemException explained(Exception e, boolean late, SqlRequest request) {
        String message = String.valueOf(e.getMessage());
        if (late || e instanceof SQLTimeoutException) {
            return failed(
                    Kind.TIMEOUT,
                    "the statement ran longer than " + request.timeout().toMillis() + " ms",
                    e);
        }
        if (message.contains("INTERRUPT")) {
            throw new CancellationException("nobody waits for the answer any more");
        }
        if (message.contains("Out of Memory")) {
            return failed(Kind.TOO_LARGE, "the statement needs more memory than it may have: " + message, e);
        }
        return failed(e instanceof IOException ? Kind.INTERNAL : Kind.BAD_REQUEST, message, e);
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.strip();
        while (stripped.endsWith(";")) {
            stripped = stripped.substring(0, stripped.length() - 1).strip();
        }
        return stripped;
    }

    private static SqlProblemException failed(Kind kind, String detail, Exception cause) {
        return new SqlProblemException(new SqlProblem(kind, detail), cause);
    }
}
