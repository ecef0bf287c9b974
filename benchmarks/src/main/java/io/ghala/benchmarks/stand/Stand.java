package io.ghala.benchmarks.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.benchmarks.figures.BrokenRunException;
import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceJar;
import io.ghala.service.Utf8Locale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;
import redis.embedded.core.ExecutableProvider;

/**
 * A shared folder, a Redis with an append-only file and service processes with default settings; all go when it is
 * closed.
 */
public final class Stand implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Setting setting;
    private final Scratch scratch;
    private final Path root;
    private final int redisPort;
    private final Process redisServer;
    private final RedisClient redis;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private int started;

    public Stand(Setting setting) throws IOException, InterruptedException {
        this.setting = setting;
        this.scratch = Scratch.make("ghala-benchmark-");
        this.root = Files.createDirectory(scratch.folder().resolve("db"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.redisPort = free.getLocalPort();
        }
        this.redisServer = startRedis();
        this.redis = RedisClient.create("127.0.0.1", redisPort);
        environment.put("DB_ROOT", root.toString());
        environment.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
        environment.put("HTTP_PORT", "0");
        Waiting.until("redis answers", () -> redis.ping().equals("PONG"));
    }

    private Process startRedis() throws IOException {
        Path binary = Files.createDirectory(scratch.folder().resolve("redis"));
        List<String> command = List.of(
                ExecutableProvider.newJarResourceProvider(binary.toFile()).get().getAbsolutePath(),
                "--port",
                Integer.toString(redisPort),
                "--bind",
                "127.0.0.1",
                "--dir",
                binary.toString(),
                "--save",
                "",
                "--appendonly",
                "yes",
                "--maxmemory-policy",
                "noeviction");
        return scratch.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(binary.resolve("redis.log").toFile()));
    }

    public Path scratch() {
        return scratch.folder();
    }

    public Path root() {
        return root;
    }

    public RedisClient redis() {
        return redis;
    }

    public int redisPort() {
        return redisPort;
    }

    public long redisPid() {
        return redisServer.pid();
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Sets an environment name for the services that start from now on. */
    public Stand with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts a service and waits until it is ready. */
    public Service start(ServiceKind kind) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(scratch.folder().resolve(kind + "-" + started++));
        Path log = folder.resolve("log");
        List<String> options = new ArrayList<>(setting.effort().serviceOptions());
        options.add("-Djava.io.tmpdir=" + folder);
        ProcessBuilder builder = new ProcessBuilder(new ServiceJar(setting.dist(), kind).command(options))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(Utf8Locale.forChild());
        builder.environment().putAll(environment);
        Process process = scratch.start(builder);
        Service starting = new Service(process, log, "");
        Waiting.until(kind + " is ready", () -> {
            starting.requireAlive();
            return !address(process.pid()).isEmpty();
        });
        return new Service(process, log, address(process.pid()));
    }

    /** Where the process listens once it is ready, empty before. */
    private String address(long pid) throws IOException {
        for (String record : redis.hgetAll("ghala:services").values()) {
            JsonNode presence = JSON.readTree(record);
            if (presence.path("pid").asLong() == pid
                    && presence.path("problems").isEmpty()) {
                return presence.path("http").asText();
            }
        }
        return "";
    }

    /** Waits until the table is published with so many rows. */
    public void awaitPublished(String table, long rows) throws IOException, InterruptedException {
        Waiting.until("a snapshot of " + rows + " rows of " + table, () -> publishedRows(table) == rows);
    }

    private long publishedRows(String table) throws IOException {
        String manifest = redis.get(manifestKey(table));
        return manifest == null
                ? -1
                : JSON.readTree(manifest).path("body").path("rows").asLong(-1);
    }

    public static String manifestKey(String table) {
        return "ghala:{" + table + "}:manifest";
    }

    /** Waits until SQL counts so many rows of the table of orders, those of {@code where} if it is not empty. */
    public static void awaitRows(Service query, String where, int rows) throws IOException, InterruptedException {
        Waiting.until(
                "the rows" + where + " are there",
                () -> Sql.answers(query, "SELECT count(*) AS n FROM orders" + where, Integer.toString(rows)));
    }

    /** Waits until the workers' stream of the table takes writes. */
    public void awaitOpen(String table) throws IOException, InterruptedException {
        Waiting.until(table + " takes writes", () -> redis.exists("ghala:{" + table + "}:epoch"));
    }

    public static String intentsKey(String table) {
        return "ghala:{" + table + "}:intents";
    }

    /** A number of Redis's INFO. */
    public long info(String section, String field) {
        return redis.info(section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(field.length() + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new BrokenRunException("Redis does not tell its " + field));
    }

    @Override
    public void close() throws IOException {
        redis.close();
        scratch.close();
    }
}
