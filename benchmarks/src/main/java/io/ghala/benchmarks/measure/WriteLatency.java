package io.ghala.benchmarks.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.figures.Effort;
import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.stand.BackgroundWrites;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.Ports;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.benchmarks.stand.Writes;
import io.ghala.model.WriteToken;
import io.ghala.presence.ServiceKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.StreamEntryID;

/**
 * One write from before it is queued until a query has it, on an idle stack and on one that is busy with half of what
 * it can take.
 */
public final class WriteLatency implements Benchmark {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BASE = 100_000;
    private static final double P50_MS = 100;
    private static final double P99_MS = 400;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Map<Integer, Figures> idleBySize = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "write-latency";
    }

    @Override
    public String title() {
        return "one write: queued, applied, visible in SQL";
    }

    @Override
    public String about() {
        return """
                `POST /upsert` of an existing row of a table of orders, then a look at Redis every half millisecond until the entry is acknowledged
                (durable in the folder), then `POST /sql` with the token, whose answer must show the row: all from before the first request. One write
                after the other; refresher, stream-worker and query-service run. Half load: other rows are written all the while at half
                the rate at which a burst of writes became visible. The figures are min / p50 / p99 / max. The peer is the idle table of 100,000 rows.""";
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

    private record Latency(Figures queued, Figures applied, Figures visible) {}

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int base = Math.min(BASE, size);
        if (size > base && !idleBySize.containsKey(base)) {
            RunLog.say("  %,d rows first, to compare with".formatted(base));
            run(base, setting);
        }
        try (Stand stand = new Stand(setting);
                Ports ports = Ports.of(stand)) {
            setting.orders().drop(stand, size);
            stand.start(ServiceKind.REFRESHER);
            stand.start(ServiceKind.STREAM_WORKER);
            Service query = stand.start(ServiceKind.QUERY);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            stand.awaitOpen(OrdersFiles.TABLE);
            Stand.awaitRows(query, "", size);
            Latency idle = measure(stand, query, size, setting.effort());
            idleBySize.put(size, idle.visible());
            int burst = Math.min(setting.effort().burst(), size);
            double rate = visibleRate(ports, query, burst);
            Latency busy;
            try (BackgroundWrites background = BackgroundWrites.start(ports.intents(), rate / 2, burst)) {
                busy = measure(stand, query, size, setting.effort());
                background.requireRunning();
            }
            String load = String.format(Locale.ROOT, "half load of %,.0f writes/s, ", rate / 2);
            Figures smallest = idleBySize.getOrDefault(base, idle.visible());
            double growth = idle.visible().median() / smallest.median();
            return List.of(
                    line("idle, queued", idle.queued(), Target.NONE),
                    line("idle, applied", idle.applied(), Target.NONE),
                    new Result(
                            "idle, visible",
                            idle.visible().quantilesText(),
                            "at %,d rows %s".formatted(base, smallest.quantilesText()),
                            Result.times(growth),
                            bounds(idle.visible()).andAtMost("≤ 2x of 100,000 rows", growth, 2)),
                    line(load + "queued", busy.queued(), Target.NONE),
                    line(load + "applied", busy.applied(), Target.NONE),
                    line(load + "visible", busy.visible(), bounds(busy.visible())));
        }
    }

    private static Result line(String work, Figures figures, Target target) {
        return new Result(work, figures.quantilesText(), "", "", target);
    }

    private static Target bounds(Figures visible) {
        return Target.atMost("p50 ≤ 100 ms", visible.median(), P50_MS).andAtMost("p99 ≤ 400 ms", visible.p99(), P99_MS);
    }

    private static Latency measure(Stand stand, Service query, int rows, Effort effort)
            throws IOException, InterruptedException {
        int samples = effort.samples();
        long[] queued = new long[samples];
        long[] applied = new long[samples];
        long[] visible = new long[samples];
        for (int i = -effort.warmUp(); i < samples; i++) {
            int id = rows - 1 - (i + effort.warmUp());
            String note = "written " + System.nanoTime();
            long started = System.nanoTime();
            String token = upsert(query, id, note);
            long afterQueued = System.nanoTime();
            StreamEntryID entry = new StreamEntryID(token.substring(token.lastIndexOf(':') + 1));
            Waiting.until("the write is applied", POLL_NANOS, () -> stand.redis()
                    .xrange(Stand.intentsKey(OrdersFiles.TABLE), entry, entry)
                    .isEmpty());
            long afterApplied = System.nanoTime();
            List<String> seen = Sql.ask(query, "SELECT note FROM orders WHERE id = " + id, token);
            long afterVisible = System.nanoTime();
            BrokenRunException.require(
                    seen.equals(List.of(note)), "a read with the token of '" + note + "' answered " + seen);
            if (i >= 0) {
                queued[i] = afterQueued - started;
                applied[i] = afterApplied - started;
                visible[i] = afterVisible - started;
            }
        }
        return new Latency(Figures.ofNanos(queued), Figures.ofNanos(applied), Figures.ofNanos(visible));
    }

    private static String upsert(Service query, int id, String note) throws IOException, InterruptedException {
        String body = JSON.createObjectNode()
                .put("table", OrdersFiles.TABLE)
                .put("id", Integer.toString(id))
                .set(
                        "row",
                        JSON.createObjectNode().put("customer", "customer-1").put("note", note))
                .toString();
        return JSON.readTree(query.postWell("/upsert", body)).path("token").asText();
    }

    /** Rows per second from the first queued until the last is visible. */
    private static double visibleRate(Ports ports, Service query, int burst) throws IOException, InterruptedException {
        long started = System.nanoTime();
        WriteToken last = Writes.enqueue(ports.intents(), Writes.of(0, burst));
        String note = "note " + (burst - 1);
        List<String> seen = Sql.ask(query, "SELECT note FROM orders WHERE id = " + (burst - 1), last.toString());
        BrokenRunException.require(seen.equals(List.of(note)), "the last of a burst of writes reads as " + seen);
        return burst * 1e9 / (System.nanoTime() - started);
    }
}
