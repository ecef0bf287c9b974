package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.DuckDb;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.ProcessMemory;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * What every service keeps resident when the table is loaded and written, against the size of the table inside DuckDB.
 */
public final class ServiceMemory implements Benchmark {
    private static final String STEADY = "VmRSS";
    private static final String PEAK = "VmHWM";
    private static final double MIB = 1024.0 * 1024;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int PERIODS = 30;
    private static final double STILL = 0.005;
    /** In MiB: the bounds hold for tables of a GiB or more. */
    private static final double LARGE_TABLE = 1024;

    private static final double STEADY_SHARE = 1.5;
    private static final double PEAK_SHARE = 2;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "resident memory of every service";
    }

    @Override
    public String about() {
        return """
                VmRSS and VmHWM (the peak since the start) of /proc, once the table of orders is published, loaded and written and VmRSS stands
                still. The base of the query-service is the VmRSS of another one over an empty folder. The peer is what `duckdb_memory()` says of the same
                table in a DuckDB. The bounds are meant for tables of 1 GiB or more.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(1_000_000);
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
        double table = table(size);
        double base = base(setting);
        Map<ServiceKind, Service> services = new LinkedHashMap<>();
        try (Stand stand = new Stand(setting)) {
            setting.orders().drop(stand, size);
            for (ServiceKind kind : ServiceKind.values()) {
                services.put(kind, stand.start(kind));
            }
            Service query = of(services, ServiceKind.QUERY);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            Waiting.until(
                    "the table answers",
                    () -> Sql.answers(query, "SELECT count(*) AS n FROM orders", Integer.toString(size)));
            Waiting.until(
                    "the Parquet file is there",
                    () -> Files.exists(stand.root().resolve(OrdersFiles.TABLE + ".parquet")));
            List<Result> results = new ArrayList<>();
            for (Map.Entry<ServiceKind, Service> service : services.entrySet()) {
                double steady = steady(service.getValue());
                double peak = required(service.getValue().memory(PEAK));
                if (service.getKey() == ServiceKind.QUERY) {
                    results.addAll(query(steady - base, peak - base, table));
                    results.add(Result.alone("base of the query-service", mebibytes(base)));
                } else {
                    results.add(Result.alone(service.getKey() + ", steady", mebibytes(steady)));
                    results.add(Result.alone(service.getKey() + ", peak", mebibytes(peak)));
                }
            }
            results.add(Result.alone("Redis", mebibytes(required(ProcessMemory.read(stand.redisPid(), STEADY)))));
            return results;
        }
    }

    private static Service of(Map<ServiceKind, Service> services, ServiceKind kind) {
        Service service = services.get(kind);
        if (service == null) {
            throw new BrokenRunException(kind + " was not started");
        }
        return service;
    }

    private static List<Result> query(double steady, double peak, double table) {
        boolean large = table >= LARGE_TABLE;
        String peer = "the table in DuckDB";
        return List.of(
                Result.over(
                        "query-service without its base, steady",
                        mebibytes(steady),
                        peer,
                        mebibytes(table),
                        large ? Target.atMost("≤ 1.5x", steady / table, STEADY_SHARE) : Target.NONE),
                Result.over(
                        "query-service without its base, peak of the full load",
                        mebibytes(peak),
                        peer,
                        mebibytes(table),
                        large ? Target.atMost("≤ 2x", peak / table, PEAK_SHARE) : Target.NONE));
    }

    private static Figures mebibytes(double value) {
        return Figures.of(Unit.MEBIBYTES, value);
    }

    private static double table(int rows) throws java.sql.SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            OrdersFiles.create(duckDb, rows);
            return duckDb.number("SELECT sum(memory_usage_bytes) FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'")
                    / MIB;
        }
    }

    private static double base(Setting setting) throws IOException, InterruptedException {
        try (Stand stand = new Stand(setting)) {
            return steady(stand.start(ServiceKind.QUERY));
        }
    }

    /** VmRSS once a second brings no change to speak of, or after half a minute. */
    private static double steady(Service service) throws IOException, InterruptedException {
        double before = required(service.memory(STEADY));
        for (int i = 0; i < PERIODS; i++) {
            long until = System.nanoTime() + PERIOD_NANOS;
            Waiting.until("a second is over", () -> System.nanoTime() >= until);
            double now = required(service.memory(STEADY));
            if (Math.abs(now - before) <= STILL * before) {
                return now;
            }
            before = now;
        }
        return before;
    }

    private static double required(OptionalDouble value) {
        return value.orElseThrow(
                () -> new BrokenRunException("this system has no /proc/PID/status: memory is measured on Linux only"));
    }
}
