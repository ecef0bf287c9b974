package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.DuckDb;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.Ports;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.benchmarks.stand.Writes;
import io.ghala.intent.Intent;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Queued writes made durable in the folder by one, two and four workers, and how fast they are queued. */
public final class StreamDrain implements Benchmark {
    private static final int WARM_UP = 50_000;
    private static final double ROWS_PER_SECOND = 100_000;
    private static final double SHARE_OF_XADD = 0.2;

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String title() {
        return "a preloaded stream of writes, made durable";
    }

    @Override
    public String about() {
        return """
                Upserts of distinct orders (a payload of about 200 bytes) are checked and queued as an import does it, while the workers are stopped by
                SIGSTOP; then the workers go on, until the stream is empty: every write is fsynced in the folder and acknowledged. Afterwards the
                files are read back and the writes in them counted. Peers: XADD of the same fields in pipelines of 1,000 on one connection, without
                any script; and the payloads written by one thread as files of one worker's batch each with fsync, rename and fsync of the folder.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100_000, 1_000_000);
    }

    @Override
    public int largest() {
        return 1_000_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(10);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = Math.min(3, setting.effort().runs());
        List<Double> enqueued = new ArrayList<>();
        List<Double> xadd = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        Map<Integer, List<Double>> drained = new TreeMap<>();
        String peer = "";
        for (int workers : setting.effort().workers()) {
            RunLog.say("  workers: %d".formatted(workers));
            try (Stand stand = stand(setting, size);
                    Ports ports = Ports.of(stand)) {
                List<Service> started = start(stand, workers);
                XaddLoad load = new XaddLoad(stand);
                peer = load.name();
                int queued = Math.min(WARM_UP, size);
                List<Intent.Upsert> warmUp = Writes.of(0, queued);
                drain(stand, ports, started, warmUp);
                load.rate(warmUp);
                for (int run = 0; run < runs; run++) {
                    List<Intent.Upsert> upserts = Writes.of(queued, size);
                    xadd.add(load.rate(upserts));
                    floor.add(FsyncFloor.rate(
                            stand.scratch(), upserts, ports.config().worker().batchEntries()));
                    Drained rates = drain(stand, ports, started, upserts);
                    enqueued.add(rates.enqueued());
                    drained.computeIfAbsent(workers, unused -> new ArrayList<>())
                            .add(rates.drained());
                    queued += size;
                }
                for (Service worker : started) {
                    worker.kill();
                }
                requireInFolder(stand.root().resolve(OrdersFiles.TABLE), queued);
            }
        }
        return results(rates(enqueued), drained, peer, rates(xadd), rates(floor));
    }

    private record Drained(double enqueued, double drained) {}

    private static Stand stand(Setting setting, int size) throws IOException, InterruptedException {
        Stand stand = new Stand(setting);
        Files.createDirectory(stand.root().resolve(OrdersFiles.TABLE));
        Path conf = Files.writeString(
                stand.scratch().resolve("ghala.conf"), "ghala.redis.backlog-max = " + (2L * size + WARM_UP));
        return stand.with("GHALA_CONFIG", conf.toString());
    }

    private static List<Service> start(Stand stand, int workers) throws IOException, InterruptedException {
        List<Service> started = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            started.add(stand.start(ServiceKind.STREAM_WORKER));
        }
        stand.awaitOpen(OrdersFiles.TABLE);
        return started;
    }

    private static Drained drain(Stand stand, Ports ports, List<Service> workers, List<Intent.Upsert> upserts)
            throws IOException, InterruptedException {
        for (Service worker : workers) {
            worker.signal("STOP");
        }
        long started = System.nanoTime();
        Writes.enqueue(ports.intents(), upserts);
        long queued = System.nanoTime();
        String key = Stand.intentsKey(OrdersFiles.TABLE);
        BrokenRunException.require(stand.redis().xlen(key) == upserts.size(), "the stream does not hold all writes");
        long resumed = System.nanoTime();
        for (Service worker : workers) {
            worker.signal("CONT");
        }
        Waiting.until("the stream is empty", () -> {
            workers.get(0).requireAlive();
            return stand.redis().xlen(key) == 0;
        });
        long drained = System.nanoTime();
        return new Drained(upserts.size() * 1e9 / (queued - started), upserts.size() * 1e9 / (drained - resumed));
    }

    /** Every write must be there: ids differ, so none supersedes another. */
    private static void requireInFolder(Path folder, int writes) throws IOException, SQLException {
        long single = count(folder, "*@*.json");
        long batches = count(folder, "ops@*.ndjson");
        double lines = 0;
        if (batches > 0) {
            try (DuckDb duckDb = DuckDb.open()) {
                lines = duckDb.number("SELECT count(DISTINCT id) FROM read_json('" + folder
                        + "/ops@*.ndjson', format = 'newline_delimited', columns = {id: 'VARCHAR'})");
            }
        }
        BrokenRunException.require(
                single + lines == writes, "the folder holds " + (single + lines) + " of " + writes + " writes");
    }

    private static long count(Path folder, String names) throws IOException {
        long found = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path file : files) {
                found += Files.isRegularFile(file) ? 1 : 0;
            }
        }
        return found;
    }

    private static Figures rates(List<Double> values) {
        return Figures.of(
                Unit.ROWS_PER_SECOND, values.stream().mapToDouble(rate -> rate).toArray());
    }

    private static List<Result> results(
            Figures enqueued, Map<Integer, List<Double>> drained, String peer, Figures xadd, Figures floor) {
        List<Result> results = new ArrayList<>();
        results.add(Result.over("queued by one client", enqueued, peer, xadd, Target.NONE));
        drained.forEach((workers, values) -> {
            Figures rate = rates(values);
            String work = "drained by " + workers + (workers == 1 ? " worker" : " workers");
            Target target = Target.atLeast("≥ 100,000 rows/s", rate.median(), ROWS_PER_SECOND)
                    .andAtLeast("≥ 0.2x", rate.median() / xadd.median(), SHARE_OF_XADD);
            results.add(Result.over(work, rate, peer, xadd, target));
            results.add(Result.over(work, rate, "fsync floor, one thread", floor, Target.NONE));
        });
        return results;
    }
}
