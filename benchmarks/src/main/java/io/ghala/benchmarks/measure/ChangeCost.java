package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/** What one added file costs, beside what it costs where the table is small. */
public final class ChangeCost implements Benchmark {
    private static final int BASE = 10_000;
    private static final String MS = "from the file's appearance to visible in SQL";
    private static final String FILES = "files read by the refresher";
    private static final String PUBLISHED = "bytes of blobs sent to Redis";
    private static final String LOADED = "bytes of blobs loaded by the query-service";
    private static final String SENT = "all bytes that Redis received meanwhile";
    private static final String RECEIVED = "all bytes that Redis sent meanwhile";
    private static final Map<String, Unit> UNITS = units();

    private final Map<Integer, Map<String, List<Double>>> bySize = new ConcurrentHashMap<>();

    private static Map<String, Unit> units() {
        Map<String, Unit> units = new LinkedHashMap<>();
        units.put(MS, Unit.MILLISECONDS);
        units.put(FILES, Unit.FILES);
        units.put(PUBLISHED, Unit.BYTES);
        units.put(LOADED, Unit.BYTES);
        units.put(SENT, Unit.BYTES);
        units.put(RECEIVED, Unit.BYTES);
        return units;
    }

    @Override
    public String name() {
        return "change-cost";
    }

    @Override
    public String title() {
        return "one added file against the size of the table";
    }

    @Override
    public String about() {
        return """
                A JSON file with one row appears in the folder of a table of orders; `SCAN_INTERVAL_SEC` is 0.2 and the file old enough to be read at
                once. Files and bytes are differences of the services' counters (`ghala_refresher_files_read`, `ghala_refresher_bytes_published`,
                `ghala_query_bytes_loaded`), and of Redis's own, which include what waiting costs; n/a where a counter is missing. The peer is the
                same in a table of 10,000 rows.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(10_000, 100_000, 1_000_000);
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
        int base = Math.min(BASE, size);
        if (size > base && !bySize.containsKey(base)) {
            RunLog.say("  %,d rows first, to compare with".formatted(base));
            bySize.put(base, measure(base, setting));
        }
        Map<String, List<Double>> values = measure(size, setting);
        bySize.put(size, values);
        Map<String, List<Double>> smallest = bySize.getOrDefault(base, values);
        List<Result> results = new ArrayList<>();
        UNITS.forEach((what, unit) -> {
            Optional<Figures> ours = figures(values, what, unit);
            Optional<Figures> theirs = figures(smallest, what, unit);
            results.add(
                    ours.isPresent() && theirs.isPresent()
                            ? Result.over(
                                    what,
                                    ours.get(),
                                    "at %,d rows".formatted(base),
                                    theirs.get(),
                                    what.equals(FILES)
                                            ? Target.atMost("1", ours.get().median(), 1)
                                            : Target.NONE)
                            : Result.alone(what, ours));
        });
        return results;
    }

    private static Optional<Figures> figures(Map<String, List<Double>> values, String what, Unit unit) {
        List<Double> of = values.getOrDefault(what, List.of());
        return of.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Figures.of(unit, of.stream().mapToDouble(value -> value).toArray()));
    }

    private static Map<String, List<Double>> measure(int size, Setting setting) throws Exception {
        Map<String, List<Double>> values = new LinkedHashMap<>();
        try (Stand stand = new Stand(setting).with("SCAN_INTERVAL_SEC", "0.2")) {
            setting.orders().drop(stand, size);
            Service refresher = stand.start(ServiceKind.REFRESHER);
            Service query = stand.start(ServiceKind.QUERY);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            Stand.awaitRows(query, "", size);
            int runs = setting.effort().runs(size);
            for (int run = -1; run < runs; run++) {
                int id = size + run + 1;
                Map<String, OptionalDouble> before = counters(stand, refresher, query);
                long started = System.nanoTime();
                addFile(stand, id);
                Stand.awaitRows(query, " WHERE id = " + id, 1);
                double ms = (System.nanoTime() - started) / 1e6;
                Map<String, OptionalDouble> after = counters(stand, refresher, query);
                if (run >= 0) {
                    values.computeIfAbsent(MS, unused -> new ArrayList<>()).add(ms);
                    after.forEach((what, now) ->
                            now.ifPresent(count -> values.computeIfAbsent(what, unused -> new ArrayList<>())
                                    .add(count - before.getOrDefault(what, now).orElse(0))));
                }
            }
            Stand.awaitRows(query, "", size + runs + 1);
        }
        return values;
    }

    private static void addFile(Stand stand, int id) throws IOException {
        Path file = Files.writeString(stand.scratch().resolve("added-" + id), OrdersFiles.json(id));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(file, stand.root().resolve(OrdersFiles.TABLE).resolve("added-" + id + ".json"));
    }

    private static Map<String, OptionalDouble> counters(Stand stand, Service refresher, Service query)
            throws IOException, InterruptedException {
        Map<String, OptionalDouble> counters = new LinkedHashMap<>();
        counters.put(FILES, refresher.metric("ghala_refresher_files_read"));
        counters.put(PUBLISHED, refresher.metric("ghala_refresher_bytes_published"));
        counters.put(LOADED, query.metric("ghala_query_bytes_loaded"));
        counters.put(SENT, OptionalDouble.of((double) stand.info("stats", "total_net_input_bytes")));
        counters.put(RECEIVED, OptionalDouble.of((double) stand.info("stats", "total_net_output_bytes")));
        return counters;
    }
}
