package io.ghala.cli.ask;

import io.ghala.cli.rows.OutputForm;
import io.ghala.cli.rows.RowsOut;
import io.ghala.cli.session.SeenVersions;
import io.ghala.cli.session.Session;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Asks one statement, prints its rows and says how many there were, how long it took and which versions they come from.
 */
final class AskStatement {
    private final Session session;
    private final SeenVersions seen;

    AskStatement(Session session, Map<String, String> environment) {
        this.session = session;
        this.seen = SeenVersions.of(environment, session.config().redis().url().toString());
    }

    /** What may be asked for besides the rows. */
    record Wishes(SqlParameters parameters, AwaitedWrites after, Optional<Duration> maxAge, Duration timeout) {}

    /** Returns the summary for people. */
    String ask(String sql, OutputForm form, int columns, Wishes wishes, OutputStream out, BooleanSupplier cancelled)
            throws IOException {
        long started = System.nanoTime();
        RowsOut rows = new RowsOut(form, columns, out, cancelled);
        SqlRequest request = new SqlRequest(
                sql, wishes.parameters(), form.asked(), wishes.after(), seen.all(), wishes.maxAge(), wishes.timeout());
        long count = session.sql().ask(request, rows);
        rows.end();
        seen.note(rows.header());
        return count + (count == 1 ? " row in " : " rows in ") + (System.nanoTime() - started) / 1_000_000 + " ms"
                + versions(rows.header());
    }

    private static String versions(SqlHeader header) {
        Instant now = Instant.now();
        return header.tables().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        "; " + entry.getKey() + " version " + entry.getValue().version() + ", "
                                + age(Duration.between(entry.getValue().confirmedAt(), now)) + " old"
                                + entry.getValue()
                                        .stale()
                                        .map(reason -> ", stale: " + reason)
                                        .orElse(""))
                .collect(Collectors.joining());
    }

    private static String age(Duration age) {
        long tenths = Math.max(0, age.toMillis()) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
