package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.intent.Intent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.StreamEntryID;

/**
 * Plain XADD with the fields of an intent, a thousand to a pipeline on one connection: by redis-benchmark where it is
 * installed, else by Jedis.
 */
public final class XaddLoad {
    private static final String KEY = "ghala-benchmark:xadd";
    private static final int PIPELINED = 1000;
    private static final Pattern RATE = Pattern.compile("([0-9.]+) requests per second");

    private final Stand stand;
    private final boolean redisBenchmark;

    public XaddLoad(Stand stand) throws InterruptedException {
        this.stand = stand;
        this.redisBenchmark = installed();
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder("redis-benchmark", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            RunLog.say("  no redis-benchmark: " + e.getMessage());
            return false;
        }
    }

    public String name() {
        return redisBenchmark
                ? "XADD by redis-benchmark -c 1 -P 1000"
                : "XADD by Jedis, 1,000 to a pipeline (no redis-benchmark here)";
    }

    /** Adds entries like {@code upserts}; entries per second. */
    public double rate(List<Intent.Upsert> upserts) throws IOException, InterruptedException {
        double rate = redisBenchmark ? byRedisBenchmark(upserts) : byJedis(upserts);
        long added = stand.redis().xlen(KEY);
        BrokenRunException.require(added == upserts.size(), "XADD added " + added + " of " + upserts.size());
        stand.redis().del(KEY);
        return rate;
    }

    private double byJedis(List<Intent.Upsert> upserts) {
        long started = System.nanoTime();
        for (int from = 0; from < upserts.size(); from += PIPELINED) {
            List<Intent.Upsert> some = upserts.subList(from, Math.min(upserts.size(), from + PIPELINED));
            try (AbstractPipeline pipeline = stand.redis().pipelined()) {
                some.forEach(upsert -> pipeline.xadd(KEY, StreamEntryID.NEW_ENTRY, fields(upsert)));
                pipeline.sync();
            }
        }
        return upserts.size() * 1e9 / (System.nanoTime() - started);
    }

    private static Map<String, String> fields(Intent.Upsert upsert) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("op", "upsert");
        fields.put("id", upsert.id().text());
        fields.put("payload", upsert.payload());
        fields.put("op_id", "");
        return fields;
    }

    private double byRedisBenchmark(List<Intent.Upsert> upserts) throws IOException, InterruptedException {
        Intent.Upsert typical = upserts.get(upserts.size() / 2);
        List<String> command = List.of(
                "redis-benchmark",
                "-p",
                Integer.toString(stand.redisPort()),
                "-n",
                Integer.toString(upserts.size()),
                "-c",
                "1",
                "-P",
                Integer.toString(PIPELINED),
                "-q",
                "XADD",
                KEY,
                "*",
                "op",
                "upsert",
                "id",
                typical.id().text(),
                "payload",
                typical.payload(),
                "op_id",
                "");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        BrokenRunException.require(process.waitFor() == 0, "redis-benchmark failed: " + text);
        Matcher rate = RATE.matcher(text);
        String last = "";
        while (rate.find()) {
            last = rate.group(1);
        }
        BrokenRunException.require(!last.isEmpty(), "redis-benchmark told no rate: " + text);
        return Double.parseDouble(last);
    }
}
