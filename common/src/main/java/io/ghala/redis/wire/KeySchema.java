package io.ghala.redis.wire;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every Redis key of Ghala. It is the interface between the processes; docs/redis-schema.md describes the values.
 *
 * <pre>
 * key                          type     writer          reader                    lifetime
 * ghala:tables                 set      refresher       query-service, client     while the table is published
 * ghala:{T}:manifest           string   refresher       all                       while the table is published
 * ghala:{T}:watermark          hash     refresher       query-service             while the table is published
 * ghala:{T}:looked             string   refresher       query-service, client     while the table is published
 * ghala:{T}:staging            zset     refresher       refresher                 until flipped or swept
 * ghala:{T}:trash              zset     refresher       refresher                 until swept
 * ghala:{T}:parquet            string   parquet-writer  client                    for ever
 * ghala:{T}:repair             string   readers         refresher                 until taken
 * ghala:{T}:unloadable         string   query-service   refresher                 until taken
 * ghala:{T}:notices            string   refresher       client                    until there is nothing to say
 * ghala:{T}:anew               set      client          refresher                 until taken
 * ghala:{T}:lease:ROLE         string   lease holder    lease holders             time to live of the lease
 * ghala:{T}:intents            stream   clients         stream-worker             for ever
 * ghala:{T}:epoch              string   stream-worker   clients, refresher        for ever
 * ghala:{T}:log                stream   stream-worker   refresher                 last 10,000 entries
 * ghala:{T}:ops                hash     clients         clients                   op-id-ttl per field
 * ghala:{T}:ops:age            zset     clients         clients                   op-id-ttl per member
 * ghala:{T}:dead               stream   stream-worker   client                    until dropped or retried
 * ghala:{T}:dead:ids           hash     stream-worker   clients                   for ever: what became of each dead write
 * ghala:{T}:cas                hash     stream-worker   stream-worker             until the conditional write is settled
 * ghala:{T}:barrier            hash     stream-worker   stream-worker             until the next clean-up
 * ghala:{T}:compact            string   client          stream-worker             until taken
 * ghala:b:T:NONCE:N            string   refresher       query-service, parquet    while named by a manifest, then the grace
 * ghala:{q}:requests           stream   client          query-service             until taken
 * ghala:{q}:lost               zset     query-service   query-service             ten minutes per member
 * ghala:{q}:ID:answer          list     query-service   client                    until read, 60 s at most
 * ghala:{q}:ID:run             string   query-service   client                    while running
 * ghala:{q}:ID:alive           string   client          query-service             while the client waits
 * ghala:unserved               string   refresher       client                    for ever
 * ghala:services               hash     services        client                    entries carry their expiry
 * ghala:announce               channel  all             all                       -
 * </pre>
 */
public final class KeySchema {
    public static final String ANNOUNCE = "ghala:announce";
    public static final String TABLES = "ghala:tables";
    public static final String UNSERVED = "ghala:unserved";
    public static final String SERVICES = "ghala:services";
    public static final String REQUESTS = "ghala:{q}:requests";
    public static final String LOST = "ghala:{q}:lost";
    /** Consumer group of the workers on a table's intents. */
    public static final String WORKERS = "workers";
    /** Consumer group of the query-service replicas on the requests. */
    public static final String REPLICAS = "replicas";

    private static final String STRING = "string";
    private static final Pattern NAMED = Pattern.compile("ghala:\\{[a-z0-9_]+\\}:(.+?)");
    private static final Map<String, String> TYPES = types();

    /** About how many entries the log of applied files keeps. */
    public static final long LOG_ENTRIES = 10_000;

    private KeySchema() {}

    private static Map<String, String> types() {
        Map<String, String> types = new HashMap<>();
        List.of("manifest", "looked", "parquet", "repair", "notices", "unloadable", "epoch", "compact", UNSERVED)
                .forEach(name -> types.put(name, STRING));
        List.of("watermark", "ops", "dead:ids", "cas", "barrier", SERVICES).forEach(name -> types.put(name, "hash"));
        List.of("staging", "trash", "ops:age", "lost").forEach(name -> types.put(name, "zset"));
        List.of("intents", "log", "dead", "requests").forEach(name -> types.put(name, "stream"));
        List.of("anew", TABLES).forEach(name -> types.put(name, "set"));
        return Map.copyOf(types);
    }

    public static String manifest(TableName table) {
        return of(table, "manifest");
    }

    public static String watermark(TableName table) {
        return of(table, "watermark");
    }

    public static String looked(TableName table) {
        return of(table, "looked");
    }

    public static String staging(TableName table) {
        return of(table, "staging");
    }

    public static String trash(TableName table) {
        return of(table, "trash");
    }

    public static String parquet(TableName table) {
        return of(table, "parquet");
    }

    public static String repair(TableName table) {
        return of(table, "repair");
    }

    public static String notices(TableName table) {
        return of(table, "notices");
    }

    public static String unloadable(TableName table) {
        return of(table, "unloadable");
    }

    public static String anew(TableName table) {
        return of(table, "anew");
    }

    public static String lease(TableName table, String role) {
        return of(table, "lease:" + role);
    }

    public static String lease(Lease lease) {
        return lease(lease.table(), lease.role());
    }

    public static String intents(TableName table) {
        return of(table, "intents");
    }

    public static String epoch(TableName table) {
        return of(table, "epoch");
    }

    public static String log(TableName table) {
        return of(table, "log");
    }

    public static String ops(TableName table) {
        return of(table, "ops");
    }

    public static String opsAge(TableName table) {
        return of(table, "ops:age");
    }

    public static String dead(TableName table) {
        return of(table, "dead");
    }

    public static String deadIds(TableName table) {
        return of(table, "dead:ids");
    }

    public static String cas(TableName table) {
        return of(table, "cas");
    }

    public static String barrier(TableName table) {
        return of(table, "barrier");
    }

    public static String compact(TableName table) {
        return of(table, "compact");
    }

    /** A blob's key carries no hash tag: the blobs of a table may spread over a cluster. */
    public static String blob(TableName table, String nonce, int number) {
        return "ghala:b:" + table + ":" + nonce + ":" + number;
    }

    /** Whether {@code key} is one of a blob of the table. */
    public static boolean isBlob(TableName table, String key) {
        return key.startsWith("ghala:b:" + table + ":");
    }

    public static String answer(String requestId) {
        return "ghala:{q}:" + requestId + ":answer";
    }

    public static String run(String requestId) {
        return "ghala:{q}:" + requestId + ":run";
    }

    public static String alive(String requestId) {
        return "ghala:{q}:" + requestId + ":alive";
    }

    private static String of(TableName table, String name) {
        return "ghala:{" + table + "}:" + name;
    }

    /** The type that a key of Ghala has, as the command TYPE says it; empty for a key that is none of Ghala's. */
    static Optional<String> typeOf(String key) {
        Matcher named = NAMED.matcher(key);
        if (named.matches()) {
            return Optional.ofNullable(TYPES.get(named.group(1)));
        }
        return key.startsWith("ghala:b:") ? Optional.of(STRING) : Optional.ofNullable(TYPES.get(key));
    }
}
