package io.ghala.queryservice.run;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.query.RecentStatements;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.load.TableStore;
import io.ghala.queryservice.run.RowBlocks.AnswerTooLargeException;
import io.ghala.queryservice.run.RowBlocks.Bounds;
import io.ghala.queryservice.run.RunningStatement.Stop;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/**
 * Runs one statement that passed the gate, within time and size, such that its tables are at the versions that it tells.
 *
 * <p>A statement is prepared in a transaction, which shows types that must be cast and the versions. What it came to is remembered: the same one over
 * tables of the same columns is run at once, without the time that both take; should versions have changed just then, it is prepared all the same.
 */
public final class RunStatement {
    private static final long BATCH_ROWS = 8192;
    private static final String LOST_REASON = "Invalid result set";

    private final TableStore store;
    private final BufferAllocator allocator;
    private final QuerySettings settings;
    private final RunningStatements statements;
    private final RecentStatements<Prepared> prepared = new RecentStatements<>();

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
                throw failed(Kind.TOO_LARGE, String.valueOf(e.getMessage()), e);
            } catch (SQLException | IOException | UncheckedIOException | CancellationException e) {
                throw explained(e, running);
            }
        } catch (SQLException e) {
            throw failed(Kind.INTERNAL, oneLine(e), e);
        }
    }

    private long run(DuckDBConnection connection, RunningStatement running, Set<TableName> tables)
            throws SQLException, IOException {
        String sql = withoutSemicolon(running.request().sql());
        TableStore.Moment before = store.moment();
        Optional<Prepared> known = prepared.get(sql).filter(was -> was.schemas().equals(before.schemas(tables)));
        if (known.isPresent()) {
            OptionalLong rows = runAtOnce(connection, running, tables, before, known.get());
            if (rows.isPresent()) {
                return rows.getAsLong();
            }
        }
        return prepareAndRun(connection, running, tables, sql);
    }

    /**
     * What preparing a statement came to, which depends on the columns of its tables alone.
     *
     * @param text the statement, wrapped where that is needed
     */
    private record Prepared(String text, ResultColumns columns, Map<TableName, TableSchema> schemas) {}

    /** Empty when other versions were committed since {@code before}. */
    private OptionalLong runAtOnce(
            DuckDBConnection connection,
            RunningStatement running,
            Set<TableName> tables,
            TableStore.Moment before,
            Prepared known)
            throws SQLException, IOException {
        requireNotTold(running);
        try (Statement statement = connection.createStatement();
                DuckDBResultSet result =
                        (DuckDBResultSet) withTables(tables, () -> statement.executeQuery(known.text()))) {
            Optional<SqlHeader> header = store.headerIfUnchanged(tables, before);
            if (header.isEmpty()) {
                return OptionalLong.empty();
            }
            requireAll(tables, header.get().tables().keySet());
            return OptionalLong.of(send(running, header.get(), known.columns(), result));
        } catch (SQLException e) {
            throw isLost(e, running) ? reason(connection, known.text(), e) : e;
        }
    }

    private long prepareAndRun(DuckDBConnection connection, RunningStatement running, Set<TableName> tables, String sql)
            throws SQLException, IOException {
        try (Statement control = connection.createStatement()) {
            TableStore.Moment before = store.moment();
            control.execute("BEGIN TRANSACTION");
            requireNotTold(running);
            try (PreparedStatement written = withTables(tables, () -> connection.prepareStatement(sql))) {
                // Preparing has looked at the tables: from here on the transaction sees one set of versions.
                SqlHeader header = store.header(connection, tables, before);
                requireAll(tables, header.tables().keySet());
                requireNotTold(running);
                ResultColumns columns = ResultColumns.of(written.getMetaData());
                Optional<String> wrapped = columns.wrap(sql, written.getMetaData());
                if (store.headerIfUnchanged(tables, before).isPresent()) {
                    prepared.put(sql, new Prepared(wrapped.orElse(sql), columns, before.schemas(tables)));
                }
                if (wrapped.isEmpty()) {
                    return send(running, header, columns, written, control, sql);
                }
                try (PreparedStatement statement = connection.prepareStatement(wrapped.get())) {
                    requireNotTold(running);
                    return send(running, header, columns, statement, control, wrapped.get());
                }
            }
        }
    }

    private long send(
            RunningStatement running,
            SqlHeader header,
            ResultColumns columns,
            PreparedStatement statement,
            Statement control,
            String sql)
            throws SQLException, IOException {
        try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery()) {
            return send(running, header, columns, result);
        } catch (SQLException e) {
            if (isLost(e, running)) {
                control.execute("ROLLBACK");
                throw reason(control.getConnection(), sql, e);
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

    /** A streamed result that fails before its first batch loses the reason. */
    private static boolean isLost(SQLException e, RunningStatement running) {
        return running.told().isEmpty() && String.valueOf(e.getMessage()).contains(LOST_REASON);
    }

    /** Creating a table of a result does not stream it, so it tells the reason. */
    private static SQLException reason(Connection connection, String sql, SQLException lost) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE reason AS " + sql);
            return lost;
        } catch (SQLException e) {
            return e;
        }
    }

    private static RuntimeException explained(Exception e, RunningStatement running) {
        Optional<Stop> told = running.told();
        if (told.isPresent()) {
            return switch (told.get()) {
                case LATE ->
                    failed(
                            Kind.TIMEOUT,
                            "the statement ran longer than "
                                    + running.request().timeout().toMillis() + " ms: raise the timeout or ask for less",
                            e);
                case UNWANTED -> unwanted(e);
                case DRAINED -> new SqlProblemException(RunningStatements.interrupted(), e);
            };
        }
        if (e instanceof CancellationException || e instanceof UncheckedIOException) {
            return unwanted(e);
        }
        String message = oneLine(e);
        if (message.contains("Out of Memory")) {
            return failed(
                    Kind.TOO_LARGE,
                    "the statement needs more memory than it may have: ask for less, or raise ghala.query.memory-limit ("
                            + message + ")",
                    e);
        }
        return failed(e instanceof IOException ? Kind.INTERNAL : Kind.BAD_REQUEST, message, e);
    }

    private static CancellationException unwanted(Exception cause) {
        CancellationException cancelled = new CancellationException("nobody waits for the answer any more");
        cancelled.initCause(cause);
        return cancelled;
    }

    /** What DuckDB says, without the excerpt of the statement that follows after an empty line. */
    private static String oneLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int excerpt = message.indexOf("\n\n");
        return (excerpt < 0 ? message : message.substring(0, excerpt)).strip().replaceAll("\\s*\\n\\s*", " ");
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
