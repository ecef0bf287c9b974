package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.Effort;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.DuckDb;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements over HTTP against the same ones on the same rows in a DuckDB in this process; the two take turns. */
public final class SqlOverHttp implements Benchmark {
    private static final double SHARE = 1.1;
    private static final double HTTP_MS = 3;
    private static final Map<String, String> STATEMENTS = statements();

    private static Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("count", "SELECT count(*) AS n FROM orders");
        statements.put(
                "group by",
                "SELECT country, state, count(*) AS n, sum(quantity * price * (1 - discount)) AS total FROM orders"
                        + " GROUP BY country, state ORDER BY country, state");
        statements.put(
                "group by 10,000 customers, top ten",
                "SELECT customer, sum(quantity) AS n FROM orders GROUP BY customer ORDER BY n DESC, customer LIMIT 10");
        statements.put(
                "filter",
                "SELECT count(*) AS n, max(price) AS price FROM orders WHERE note LIKE '%abc%' AND delivered");
        statements.put("one row by id", "SELECT * FROM orders WHERE id = 77");
        statements.put(
                "join with itself",
                "SELECT a.country, count(*) AS n FROM orders a JOIN orders b ON a.id = b.id WHERE b.state = 'paid'"
                        + " GROUP BY a.country ORDER BY a.country");
        statements.put("a thousand rows", "SELECT id, customer, price, note FROM orders WHERE id < 1000 ORDER BY id");
        return statements;
    }

    @Override
    public String name() {
        return "sql";
    }

    @Override
    public String title() {
        return "SQL over HTTP against DuckDB in process";
    }

    @Override
    public String about() {
        return """
                Each statement goes by `POST /sql` on one connection with CSV as answer, and to a plain DuckDB with the same rows in the benchmark's
                process, in turns; both use all processors. All answers are compared. To reach: at most 1.1 times DuckDB and 3 ms more.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100_000, 1_000_000);
    }

    @Override
    public int largest() {
        return 10_000_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        List<Result> results = new ArrayList<>();
        try (Stand stand = new Stand(setting);
                DuckDb duckDb = DuckDb.open()) {
            setting.orders().drop(stand, size);
            OrdersFiles.create(duckDb, size);
            stand.start(ServiceKind.REFRESHER);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            Service query = stand.start(ServiceKind.QUERY);
            Waiting.until(
                    "the table answers",
                    () -> Sql.answers(query, "SELECT count(*) AS n FROM orders", Integer.toString(size)));
            Sql.requireSame(query, duckDb, Sql.FINGERPRINT);
            for (Map.Entry<String, String> statement : STATEMENTS.entrySet()) {
                RunLog.say("  " + statement.getKey());
                results.add(measure(query, duckDb, size, setting.effort(), statement));
            }
        }
        return results;
    }

    private static Result measure(
            Service query, DuckDb duckDb, int rows, Effort effort, Map.Entry<String, String> statement)
            throws IOException, InterruptedException, SQLException {
        int samples = effort.samples(rows);
        long[] ours = new long[samples];
        long[] theirs = new long[samples];
        String sql = statement.getValue();
        for (int run = -effort.warmUp(); run < samples; run++) {
            long started = System.nanoTime();
            List<String> lines = Sql.ask(query, sql, "");
            long between = System.nanoTime();
            List<List<String>> expected = duckDb.rows(sql);
            long ended = System.nanoTime();
            Sql.requireSame(sql, lines, expected);
            if (run >= 0) {
                ours[run] = between - started;
                theirs[run] = ended - between;
            }
        }
        Figures our = Figures.ofNanos(ours);
        Figures their = Figures.ofNanos(theirs);
        double more = our.median() - their.median();
        return new Result(
                statement.getKey(),
                our.text(),
                Result.named("DuckDB", their),
                Result.times(our.median() / their.median()) + ", " + Unit.MILLISECONDS.text(more) + " more",
                Target.atMost("≤ 1.1x + 3 ms", our.median(), SHARE * their.median() + HTTP_MS));
    }
}
