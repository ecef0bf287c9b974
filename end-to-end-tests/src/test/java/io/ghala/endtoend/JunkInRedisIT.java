package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.endtoend.GhalaProcesses.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/**
 * What other programs may leave in Redis under Ghala's names: every service lives on, says so once with the key, comes
 * back to what the folder holds, and makes no file, row or answer of it.
 */
class JunkInRedisIT {
    private static final String ALL = "SELECT id, v FROM orders ORDER BY id";
    private static final List<String> NAMES = List.of(
            "manifest",
            "watermark",
            "looked",
            "staging",
            "trash",
            "parquet",
            "repair",
            "notices",
            "unloadable",
            "anew",
            "intents",
            "epoch",
            "log",
            "ops",
            "ops:age",
            "dead",
            "dead:ids",
            "cas",
            "barrier",
            "compact");

    private final List<Started> services = new ArrayList<>();
    private GhalaProcesses ghala;
    private RedisClient redis;
    private Set<String> files;

    @BeforeEach
    void start() throws Exception {
        ghala = new GhalaProcesses();
        redis = ghala.redis().client();
        ghala.file("orders/a.csv", "id,v\n1,10\n2,20\n");
        for (String kind : List.of(REFRESHER, WORKER, QUERY, PARQUET)) {
            services.add(ghala.start(kind));
        }
        ghala.await("ready", () -> !ghala.ready(QUERY).isEmpty());
        ghala.await("loaded", () -> ghala.rows(ALL).equals(List.of("1,10", "2,20")));
        ghala.upsertWhenOpen("orders", "3", "{\"v\":30}");
        ghala.await("written", () -> ghala.rows(ALL).equals(List.of("1,10", "2,20", "3,30")));
        files = files();
    }

    @AfterEach
    void stop() throws Exception {
        ghala.close();
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.list(ghala.root().resolve("orders"))) {
            return all.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String key(String name) {
        return "ghala:{orders}:" + name;
    }

    /** Everything is as it was, and a write and a new file still come through. */
    private void requireWhole(String after) throws Exception {
        ghala.file("orders/b.csv", "id,v\n4,40\n");
        ghala.await("whole after " + after, () -> ghala.rows(ALL).equals(List.of("1,10", "2,20", "3,30", "4,40")));
        ghala.await("a write after " + after, () -> {
            try {
                ghala.upsert("orders", "5", "{\"v\":50}");
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        ghala.await("written after " + after, () -> ghala.rows(ALL)
                .equals(List.of("1,10", "2,20", "3,30", "4,40", "5,50")));
        assertThat(services).as("after " + after).allMatch(service -> service.process()
                .isAlive());
        Set<String> now = files();
        now.removeAll(files);
        now.remove("b.csv");
        assertThat(now)
                .as("files after " + after)
                .allMatch(name -> name.startsWith("5@") || name.startsWith("nobody@"));
    }

    private void requireFewComplaints() {
        for (Started service : services) {
            Map<String, Long> complaints = ghala.log(service.kind())
                    .lines()
                    .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                    .map(line -> line.substring(line.indexOf(']') + 1).replaceAll("[0-9]+", "N"))
                    .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
            assertThat(complaints)
                    .as(service.kind())
                    .allSatisfy((line, count) -> assertThat(count).as(line).isLessThan(15));
        }
    }

    @Test
    void keysOfAnotherTypeAreRemovedAndNamed() throws Exception {
        for (String name : NAMES) {
            redis.del(key(name));
            if (name.equals("ops") || name.equals("watermark") || name.equals("barrier") || name.equals("cas")) {
                redis.set(key(name), "junk");
            } else {
                redis.hset(key(name), "junk", "junk");
            }
        }
        redis.del("ghala:{q}:requests", "ghala:{q}:lost", "ghala:tables", "ghala:unserved");
        redis.set("ghala:{q}:requests", "junk");
        redis.set("ghala:{q}:lost", "junk");
        redis.set("ghala:tables", "junk");
        redis.hset("ghala:unserved", "junk", "junk");
        ghala.redis().client().del("ghala:services");
        redis.set("ghala:services", "junk");
        ghala.await("services show themselves again", () -> redis.type("ghala:services")
                .equals("hash"));
        ghala.await("ready again", () -> !ghala.ready(QUERY).isEmpty());
        requireWhole("keys of another type");
        String logs =
                services.stream().map(service -> ghala.log(service.kind())).collect(Collectors.joining());
        assertThat(logs).contains("key removed key=ghala:{orders}:manifest", "it is a hash, and Ghala's is a string");
        requireFewComplaints();
    }

    @Test
    void junkInTheKeysThemselvesIsNoHarm() throws Exception {
        String junk = "{\"version\":" + "9".repeat(40) + ",\u0000<junk>";
        for (String name : List.of("manifest", "looked", "parquet", "notices", "unloadable", "epoch")) {
            redis.set(key(name), junk);
        }
        redis.hset(key("watermark"), Map.of("epoch", junk, "through", junk, "version", junk));
        redis.hset(key("ops"), "op-1", junk);
        redis.hset(key("dead:ids"), "1-1", junk);
        redis.zadd(key("trash"), 1, "somebody's");
        redis.set("somebody's", "kept");
        redis.zadd(key("staging"), 1, "somebody's");
        redis.sadd(key("anew"), "../../etc/passwd", "//nothing", junk);
        redis.sadd("ghala:tables", "../x", "Orders", junk, "nosuch");
        redis.hset("ghala:services", junk, junk);
        redis.hset("ghala:services", "x", "{\"kind\":7,\"pid\":\"x\",\"expires_at_ms\":99999999999999}");
        redis.zadd("ghala:{q}:lost", (double) System.currentTimeMillis(), junk);
        redis.del(key("lease:refresher"));
        redis.set(key("lease:refresher"), junk);
        redis.publish("ghala:announce", junk);
        redis.publish("ghala:announce", "snapshot ../../x 5");
        assertThat(ghala.cli("", "status").code()).isZero();
        requireWhole("junk in the keys");
        assertThat(redis.get("somebody's")).isEqualTo("kept");
        requireFewComplaints();
    }

    @Test
    void junkInTheStreamsIsDeadOrDropped() throws Exception {
        String intents = key("intents");
        redis.xadd(intents, StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        redis.xadd(intents, StreamEntryID.NEW_ENTRY, Map.of("op", "upsert", "id", "../../up", "payload", "[]"));
        redis.xadd(intents, StreamEntryID.NEW_ENTRY, Map.of("op", "upsert", "id", "", "payload", "{}"));
        redis.xadd(intents, StreamEntryID.NEW_ENTRY, Map.of("op", "drop", "id", "1", "payload", "{}"));
        redis.xadd(
                intents,
                StreamEntryID.NEW_ENTRY,
                Map.of("op", "upsert", "id", "1", "payload", "{\"v\":1", "op_id", "\u0001"));
        redis.xadd(
                intents, StreamEntryID.NEW_ENTRY, Map.of("op", "upsert", "id", "7", "payload", "x".repeat(24 << 20)));
        redis.xadd(
                intents.getBytes(StandardCharsets.UTF_8),
                XAddParams.xAddParams(),
                Map.of(
                        "op".getBytes(StandardCharsets.UTF_8), "upsert".getBytes(StandardCharsets.UTF_8),
                        "id".getBytes(StandardCharsets.UTF_8), "8".getBytes(StandardCharsets.UTF_8),
                        "payload".getBytes(StandardCharsets.UTF_8),
                                new byte[] {'{', '"', 'v', '"', ':', '"', (byte) 0xff, '"', '}'}));
        redis.xadd(intents, new StreamEntryID("999999999999999999-5"), Map.of("op", "delete", "id", "nobody"));
        String requests = "ghala:{q}:requests";
        redis.xadd(requests, StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        redis.xadd(requests, StreamEntryID.NEW_ENTRY, Map.of("id", "a b", "request", "{}", "deadline_ms", "x"));
        redis.xadd(
                requests,
                StreamEntryID.NEW_ENTRY,
                Map.of("id", "q1", "request", "null", "deadline_ms", "999999999999999"));
        redis.xadd(
                requests,
                StreamEntryID.NEW_ENTRY,
                Map.of("id", "q2", "request", "x".repeat(8 << 20), "deadline_ms", "999999999999999"));
        redis.xadd(key("log"), StreamEntryID.NEW_ENTRY, Map.of("files", "../../etc/passwd\nx@1-1.json"));
        redis.xadd(key("log"), StreamEntryID.NEW_ENTRY, Map.of("nothing", ""));
        redis.xadd(key("dead"), StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        ghala.await("the requests are gone", () -> redis.xlen(requests) == 0);
        ghala.await("what cannot be applied is dead", () -> redis.xlen(key("dead")) == 8);
        requireWhole("junk in the streams");
        assertThat(ghala.cli("", "dead", "list", "orders").out()).contains("not UTF-8");
        requireFewComplaints();
    }

    @Test
    void blobsThatAreMissingForeignOrAlteredAreMadeAnew() throws Exception {
        String blob =
                redis.keys("ghala:b:orders:*").stream().sorted().findFirst().orElseThrow();
        redis.hset("ghala:b:orders:other:0", "x", "y");
        for (String broken : redis.keys("ghala:b:orders:*")) {
            redis.del(broken);
        }
        redis.set(blob, "junk");
        GhalaProcesses.kill(services.get(2));
        services.set(2, ghala.start(QUERY));
        ghala.await("answers again", () -> ghala.rows(ALL).equals(List.of("1,10", "2,20", "3,30")));
        redis.flushDB();
        requireWhole("a lost blob and FLUSHDB");
        requireFewComplaints();
    }
}
