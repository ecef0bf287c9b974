package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code ghala sql} as a new process, against the same statement over a connection that is open. */
public final class ColdCli implements Benchmark {
    private static final String SQL = "SELECT state, count(*) AS n FROM orders GROUP BY state ORDER BY state";
    private static final double MORE_MS = 250;
    private static final int RUNS = 20;

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String title() {
        return "`ghala sql` as a new process";
    }

    @Override
    public String about() {
        return """
                `./ghala sql "SELECT …" --format csv` from its start to its end, in turns with the same statement over an open HTTP connection, which
                stands for the query itself. The answers are compared.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100_000);
    }

    @Override
    public int largest() {
        return 10_000_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(6);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = Math.min(RUNS, setting.effort().samples());
        long[] ours = new long[runs];
        long[] theirs = new long[runs];
        try (Stand stand = new Stand(setting)) {
            setting.orders().drop(stand, size);
            stand.start(ServiceKind.REFRESHER);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            Service query = stand.start(ServiceKind.QUERY);
            Waiting.until(
                    "the table answers",
                    () -> Sql.answers(query, "SELECT count(*) AS n FROM orders", Integer.toString(size)));
            for (int run = -1; run < runs; run++) {
                long started = System.nanoTime();
                List<String> fromCli = cli(stand, setting);
                long between = System.nanoTime();
                List<String> fromHttp = Sql.ask(query, SQL, "");
                long ended = System.nanoTime();
                BrokenRunException.require(
                        !fromHttp.isEmpty() && fromCli.equals(fromHttp),
                        "the command line answered " + fromCli + ", HTTP " + fromHttp);
                ours[Math.max(0, run)] = between - started;
                theirs[Math.max(0, run)] = ended - between;
            }
        }
        Figures our = Figures.ofNanos(ours);
        Figures their = Figures.ofNanos(theirs);
        double more = our.median() - their.median();
        return List.of(new Result(
                "`ghala sql`",
                our.text(),
                Result.named("over open HTTP", their),
                Unit.MILLISECONDS.text(more) + " more",
                Target.atMost("≤ 250 ms more", more, MORE_MS)));
    }

    private static List<String> cli(Stand stand, Setting setting) throws IOException, InterruptedException {
        Path ghala = setting.dist().resolveSibling("ghala");
        ProcessBuilder builder = new ProcessBuilder(ghala.toString(), "sql", SQL, "--format", "csv")
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(stand.environment());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int code = process.waitFor();
        BrokenRunException.require(code == 0 && !lines.isEmpty(), "ghala sql ended with " + code + ": " + lines);
        return lines.subList(1, lines.size());
    }
}
