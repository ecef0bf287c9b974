package io.ghala.queryservice.run;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.run.QuickStatements.Prepared;
import io.ghala.queryservice.run.RowBlocks.AnswerTooLargeException;
import io.ghala.queryservice.run.RowBlocks.Bounds;
import io.ghala.queryservice.store.TableStore;
import io.ghala.queryservice.store.VersionHeaders;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * Runs one statement that passed the gate, within time and size, such that its tables are at the versions that it
 * tells.
 *
 * <p>A statement is prepared in a transaction, which shows types that must be cast and the versions. What a quick one
 * came to is remembered: the same over tables of the same columns is run at once, without the time that both take;
 * should versions have changed just then, it is prepared all the same.
 */
public final class RunStatement {
    private static final long BATCH_ROWS = 8192;

    private final TableStore store;
    private final BufferAllocator allocator;
    private final QuerySettings settings;
    private final RunningStatements statements;
    private final QuickStatements quick = new QuickStatements();

    @Inject
    public RunStatement(
            TableStore store, BufferAllocator allocator, QuerySettings settings, RunningStatements statements) {
        this.store = store;
        this.allocator = allocator;
        this.settings = settings;
        this.statements = statements;
    }

    /**
     * Runs it and sends header and rows.
     *
     * @param deadline the end of the request's time, as of {@link System#nanoTime()}
     * @return the number of rows
     * @throws SqlProblemException TIMEOUT, TOO_LARGE, INTERRUPTED or BAD_REQUEST with DuckDB's own message
     * @throws CancellationException when nobody waits for the answer
     */
    public long run(SqlRequest request, Set<TableName> tables, long deadline, Answer answer) {
        try (DuckDBConnection connection = store.connection();
                RunningStatement running = statements.begin(request, connection, deadline, answer)) {
            try {
                return run(connection, running, tables);
            } catch (AnswerTooLargeException e) {
                throw StatementFailures.tooLarge(e);
            } catch (SQLException | IOException | UncheckedIOException | CancellationException e) {
                throw StatementFailures.explained(e, running);
            }
        } catch (SQLException e) {
            throw StatementFailures.internal(e);
        }
    }

    private long run(DuckDBConnection connection, RunningStatement running, Set<TableName> tables)
            throws SQLException, IOException {
        String sql = withoutSemicolon(running.request().sql());
        VersionHeaders.Moment before = store.headers().moment();
        Optional<Prepared> known = quick.find(sql, before.schemas(tables));
        if (known.isPresent()) {
            OptionalLong rows = runAtOnce(connection, running, tables, before, known.get());
            if (rows.isPresent()) {
                return rows.getAsLong();
            }
        }
        return prepareAndRun(connection, running, tables, sql);
    }

    /** Empty when other versions were committed since {@code before}. */
    private OptionalLong runAtOnce(
            DuckDBConnection connection,
            RunningStatement running,
            Set<TableName> tables,
            VersionHeaders.Moment before,
            Prepared known)
            throws SQLException, IOException {
        requireNotTold(running);
        long started = System.nanoTime();
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result =
                        (DuckDBResultSet) withTables(tables, () -> statement.executeQuery(known.text()))) {
            quick.note(known, System.nanoTime() - started);
            Optional<SqlHeader> header = store.headers().ifUnchanged(tables, before);
            if (header.isEmpty()) {
                return OptionalLong.empty();
            }
            requireAll(tables, header.get().tables().keySet());
            return OptionalLong.of(send(running, header.get(), known.columns(), result));
        } catch (SQLException e) {
            throw StatementFailures.isLost(e, running) ? StatementFailures.reason(connection, known.text(), e) : e;
        }
    }

    private long prepareAndRun(DuckDBConnection connection, RunningStatement running, Set<TableName> tables, String sql)
            throws SQLException, IOException {
        try (Statement control = connection.createStatement()) {
            VersionHeaders.Moment before = store.headers().moment();
            control.execute("BEGIN TRANSACTION");
            requireNotTold(running);
            try (PreparedStatement written = withTables(tables, () -> connection.prepareStatement(sql))) {
                // Preparing has looked at the tables: from here on the transaction sees one set of versions.
                boolean unchanged = store.headers().ifUnchanged(tables, before).isPresent();
                SqlHeader header = store.headers().of(connection, tables, before);
                requireAll(tables, header.tables().keySet());
                requireNotTold(running);
                ResultColumns columns = ResultColumns.of(written.getMetaData());
                Optional<String> wrapped = columns.wrap(sql, written.getMetaData());
                Prepared prepared = new Prepared(sql, wrapped.orElse(sql), columns, before.schemas(tables));
                if (wrapped.isEmpty()) {
                    return run(running, header, prepared, unchanged, written, control);
                }
                try (PreparedStatement statement = connection.prepareStatement(wrapped.get())) {
                    requireNotTold(running);
                    return run(running, header, prepared, unchanged, statement, control);
                }
            }
        }
    }

    /** @param noted whether the statement was prepared over the columns that {@code prepared} names */
    private long run(
            RunningStatement running,
            SqlHeader header,
            Prepared prepared,
            boolean noted,
            PreparedStatement statement,
            Statement control)
            throws SQLException, IOException {
        long started = System.nanoTime();
        try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery()) {
            if (noted) {
                quick.note(prepared, System.nanoTime() - started);
            }
            return send(running, header, prepared.columns(), result);
        } catch (SQLException e) {
            if (StatementFailures.isLost(e, running)) {
                control.execute("ROLLBACK");
                throw StatementFailures.reason(control.getConnection(), prepared.text(), e);
            }
            throw e;
        }
    }

    private long send(RunningStatement running, SqlHeader header, ResultColumns columns, DuckDBResultSet result)
            throws SQLException, IOException {
        try (ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, BATCH_ROWS)) {
            running.header(header);
            return new RowBlocks(running, new Bounds(settings.maxRows(), settings.maxBytes()))
                    .send(reader, columns, running.request().format());
        }
    }

    /** Something that fails with DuckDB's own words when a table is not there. */
    private interface Ask<T> {
        T ask() throws SQLException;
    }

    private <T> T withTables(Set<TableName> tables, Ask<T> ask) throws SQLException {
        try {
            return ask.ask();
        } catch (SQLException e) {
            requireAll(tables, store.tablesNow());
            throw e;
        }
    }

    /** A table may go while the statement waits for a place, a write or a version. */
    private static void requireAll(Set<TableName> tables, Set<TableName> loaded) {
        for (TableName table : tables) {
            if (!loaded.contains(table)) {
                throw new SqlProblemException(new SqlProblem(
                        Kind.NOT_FOUND,
                        "table " + table + " is not loaded any more: its folder or its snapshot in Redis went away"));
            }
        }
    }

    /** Preparing hears no interrupt, and a constant expression is calculated there. */
    private static void requireNotTold(RunningStatement running) {
        if (running.told().isPresent()) {
            throw new CancellationException("told to stop before it ran");
        }
    }

    private static String withoutSemicolon(String sql) {
        String stripped = sql.strip();
        while (stripped.endsWith(";")) {
            stripped = stripped.substring(0, stripped.length() - 1).strip();
        }
        return stripped;
    }
}
