package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.DuckDb;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Scratch;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder of one-row JSON files, cold, to its published snapshot, against DuckDB reading the same files by a glob. */
public final class SmallFiles implements Benchmark {
    private static final String TABLE = "events";
    private static final String FINGERPRINT =
            "SELECT count(*) AS n, sum(id) AS ids, count(DISTINCT customer) AS customers, sum(amount) AS amount,"
                    + " count(DISTINCT happened) AS times FROM events";
    private static final int MANY = 20_000;

    @Override
    public String name() {
        return "small-files";
    }

    @Override
    public String title() {
        return "a folder of one-row JSON files, cold, to its published snapshot";
    }

    @Override
    public String about() {
        return """
                The folder is there when the refresher starts: from its start with an empty Redis until the manifest is published, and the refresh
                itself as the refresher logs it. The peer is `CREATE TABLE AS SELECT * FROM read_json('*.json', columns = {…})` of the same files
                in a DuckDB that runs already. Everything is in the page cache. Sums over the columns are compared.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100_000);
    }

    @Override
    public boolean countsFiles() {
        return true;
    }

    @Override
    public int largest() {
        return 100_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(8);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = Math.min(3, setting.effort().runs());
        long[] cold = new long[runs];
        List<Double> refreshMs = new ArrayList<>();
        try (Scratch scratch = Scratch.make("ghala-benchmark-files-");
                DuckDb duckDb = DuckDb.open()) {
            RunLog.say("  writing %,d files".formatted(size));
            Path files = write(scratch.folder().resolve(TABLE), size);
            Figures glob = glob(duckDb, files, size);
            for (int run = 0; run < runs; run++) {
                RunLog.say("  refresher, run %d of %d".formatted(run + 1, runs));
                try (Stand stand = new Stand(setting)) {
                    Path table = Files.move(files, stand.root().resolve(TABLE));
                    long started = System.nanoTime();
                    Service refresher = stand.start(ServiceKind.REFRESHER);
                    stand.awaitPublished(TABLE, size);
                    cold[run] = System.nanoTime() - started;
                    logged(refresher).ifPresent(ms -> refreshMs.add((double) ms));
                    Sql.requireSame(stand.start(ServiceKind.QUERY), duckDb, FINGERPRINT);
                    Files.move(table, files);
                }
            }
            return results(Figures.ofNanos(cold), refreshMs, glob);
        }
    }

    private static Optional<Long> logged(Service refresher) throws IOException, InterruptedException {
        Waiting.until(
                "the refresher's log line",
                () -> refresher.loggedMs("refreshed table=" + TABLE).isPresent());
        return refresher.loggedMs("refreshed table=" + TABLE);
    }

    private static List<Result> results(Figures cold, List<Double> refreshMs, Figures glob) {
        Figures refresh = Figures.of(
                Unit.MILLISECONDS, refreshMs.stream().mapToDouble(ms -> ms).toArray());
        String peer = "DuckDB read_json of the glob";
        return List.of(
                Result.faster(
                        "from the refresher's start to published",
                        cold,
                        peer,
                        glob,
                        Target.atLeast("≥ 20x faster", glob.median() / cold.median(), 20)),
                Result.faster(
                        "the refresh itself",
                        refresh,
                        peer,
                        glob,
                        Target.atLeast("≥ 20x faster", glob.median() / refresh.median(), 20)));
    }

    private static Path write(Path folder, int files) throws IOException {
        Files.createDirectory(folder);
        for (int i = 0; i < files; i++) {
            Files.writeString(
                    folder.resolve("event-%06d.json".formatted(i)),
                    "{\"id\":%d,\"customer\":\"customer-%d\",\"amount\":%d.%02d,\"happened\":\"2026-03-%02dT10:%02d:00\",\"tags\":[\"a\",\"b%d\"]}"
                            .formatted(i, i % 997, i % 500, i % 100, 1 + i % 28, i % 60, i % 7));
        }
        return folder;
    }

    /** Many files take a minute: once is enough. */
    private static Figures glob(DuckDb duckDb, Path folder, int files) throws java.sql.SQLException {
        long[] nanos = new long[files > MANY ? 1 : 3];
        for (int run = 0; run < nanos.length; run++) {
            RunLog.say("  DuckDB reads the glob, run %d of %d".formatted(run + 1, nanos.length));
            nanos[run] = duckDb.time(
                    "CREATE OR REPLACE TABLE events AS SELECT * FROM read_json('" + folder
                            + "/*.json', columns = {id: 'BIGINT', customer: 'VARCHAR', amount: 'DOUBLE', happened: 'TIMESTAMP', tags: 'VARCHAR[]'})");
        }
        return Figures.ofNanos(nanos);
    }
}
