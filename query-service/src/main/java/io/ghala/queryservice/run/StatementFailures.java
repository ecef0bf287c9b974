package io.ghala.queryservice.run;

import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.queryservice.run.RowBlocks.AnswerTooLargeException;
import io.ghala.queryservice.run.RunningStatement.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** What whoever asked is told of a statement that failed. */
final class StatementFailures {
    private static final String LOST_REASON = "Invalid result set";

    private StatementFailures() {}

    /** A streamed result that fails before its first batch loses the reason. */
    static boolean isLost(SQLException e, RunningStatement running) {
        return running.told().isEmpty() && String.valueOf(e.getMessage()).contains(LOST_REASON);
    }

    /** The reason that was lost: creating a table of a result does not stream it. */
    static SQLException reason(Connection connection, String sql, SQLException lost) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE reason AS " + sql);
            return lost;
        } catch (SQLException e) {
            return e;
        }
    }

    static SqlProblemException tooLarge(AnswerTooLargeException e) {
        return failed(Kind.TOO_LARGE, String.valueOf(e.getMessage()), e);
    }

    static SqlProblemException internal(SQLException e) {
        return failed(Kind.INTERNAL, oneLine(e), e);
    }

    /** Why a statement ended before its answer did: it was told to, or DuckDB says why. */
    static RuntimeException explained(Exception e, RunningStatement running) {
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

    private static SqlProblemException failed(Kind kind, String detail, Exception cause) {
        return new SqlProblemException(new SqlProblem(kind, detail), cause);
    }
}
