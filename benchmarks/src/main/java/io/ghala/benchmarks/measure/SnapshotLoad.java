package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A snapshot in Redis until the query-service answers from it, against copying a table inside DuckDB. */
public final class SnapshotLoad implements Benchmark {
    private static final String COUNT = "SELECT count(*) AS n FROM orders";
    private static final String HIDDEN = "ghala-benchmark:manifest";
    /** Each look takes time of the service too. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String title() {
        return "a snapshot in Redis until it is queryable";
    }

    @Override
    public String about() {
        return """
                A query-service that has just started finds no manifest; then the manifest of a table of orders is put in its place and announced:
                from there until `SELECT count(*)`, asked every ten milliseconds, is answered over HTTP. Also from the start of the process with the
                manifest in place. The peer is `CREATE TABLE AS SELECT * FROM` a table in the memory of a DuckDB. Sums over all columns are compared.""";
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
        return Duration.ofMinutes(12);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = setting.effort().runs(size);
        long[] loaded = new long[runs];
        long[] started = new long[runs];
        long[] copied = new long[runs];
        try (Stand stand = new Stand(setting);
                DuckDb duckDb = DuckDb.open()) {
            setting.orders().drop(stand, size);
            Service refresher = stand.start(ServiceKind.REFRESHER);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            // It would publish anew what is hidden below.
            refresher.kill();
            OrdersFiles.create(duckDb, size);
            for (int run = 0; run < runs; run++) {
                RunLog.say("  query-service, run %d of %d".formatted(run + 1, runs));
                started[run] = start(stand, duckDb, size);
                loaded[run] = load(stand, duckDb, size);
            }
            for (int run = -1; run < runs; run++) {
                long nanos = duckDb.time("CREATE OR REPLACE TABLE copied AS SELECT * FROM orders");
                copied[Math.max(0, run)] = nanos;
            }
        }
        Figures ours = Figures.ofNanos(loaded);
        Figures theirs = Figures.ofNanos(copied);
        String peer = "DuckDB CTAS from memory";
        return List.of(
                Result.over(
                        "from the announcement to the first answer",
                        ours,
                        peer,
                        theirs,
                        Target.atMost("≤ 2.5x", ours.median() / theirs.median(), 2.5)),
                Result.over(
                        "from the start of the process to the first answer",
                        Figures.ofNanos(started),
                        peer,
                        theirs,
                        Target.NONE));
    }

    private static long start(Stand stand, DuckDb duckDb, int rows) throws Exception {
        long started = System.nanoTime();
        Service query = stand.start(ServiceKind.QUERY);
        awaitAnswer(query, rows);
        long nanos = System.nanoTime() - started;
        Sql.requireSame(query, duckDb, Sql.FINGERPRINT);
        query.kill();
        return nanos;
    }

    private static long load(Stand stand, DuckDb duckDb, int rows) throws Exception {
        String key = Stand.manifestKey(OrdersFiles.TABLE);
        stand.redis().rename(key, HIDDEN);
        Service query = stand.start(ServiceKind.QUERY);
        BrokenRunException.require(
                !Sql.answers(query, COUNT, Integer.toString(rows)), "the table is there before its manifest");
        long started = System.nanoTime();
        stand.redis().rename(HIDDEN, key);
        stand.redis().publish("ghala:announce", "snapshot " + OrdersFiles.TABLE + " 1");
        awaitAnswer(query, rows);
        long nanos = System.nanoTime() - started;
        Sql.requireSame(query, duckDb, Sql.FINGERPRINT);
        query.kill();
        return nanos;
    }

    private static void awaitAnswer(Service query, int rows) throws IOException, InterruptedException {
        Waiting.until("the table answers", POLL_NANOS, () -> Sql.answers(query, COUNT, Integer.toString(rows)));
    }
}
