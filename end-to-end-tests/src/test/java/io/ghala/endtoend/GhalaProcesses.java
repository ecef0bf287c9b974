package io.ghala.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.testing.ClassArchives;
import io.ghala.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Real service processes over a real Redis and a scratch folder, all of which go when it is closed. */
final class GhalaProcesses implements AutoCloseable {
    static final String REFRESHER = "refresher-service";
    static final String WORKER = "stream-worker-service";
    static final String QUERY = "query-service";
    static final String PARQUET = "parquet-writer-service";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path scratch;
    private final Path root;
    private final RedisServer redis;
    private final List<Started> started = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>();

    GhalaProcesses() throws IOException {
        this.scratch = Files.createTempDirectory("ghala-e2e-");
        this.root = Files.createDirectory(scratch.resolve("db"));
        this.redis = RedisServer.start();
        environment.put("DB_ROOT", root.toString());
        environment.put("REDIS_URL", redis.url());
        environment.put("SCAN_INTERVAL_SEC", "0.1");
        environment.put("HTTP_PORT", "0");
        settings("");
    }

    /** Adds settings to those that make everything fast; they hold for what is started later. */
    GhalaProcesses settings(String more) throws IOException {
        Path file = Files.writeString(
                scratch.resolve("ghala.conf"),
                "ghala { refresher.settle-time = 0s, redis.lease-ttl = 2s, redis.blob-grace = 2s, worker.claim-idle = 1s }\n"
                        + more);
        return with("GHALA_CONFIG", file.toString());
    }

    /** A process and the folder it may leave things in. */
    record Started(String kind, Process process) {}

    Path root() {
        return root;
    }

    /** Puts a file into the folder under its name at once, as a whole. */
    void file(String name, String content) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        Files.writeString(temporary, content);
        Files.move(temporary, path);
    }

    RedisServer redis() {
        return redis;
    }

    GhalaProcesses with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Started start(String kind) throws IOException {
        return start(kind, List.of());
    }

    /** Starts a service as what {@code prefix} executes. */
    Started start(String kind, List<String> prefix) throws IOException {
        Path temporary = Files.createTempDirectory(scratch, "tmp-");
        Path jar = Path.of(System.getProperty("ghala.dist"), kind + ".jar");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.noUnsafe=false",
                "-Djava.io.tmpdir=" + temporary));
        command.addAll(ClassArchives.options(kind));
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        scratch.resolve(kind + ".log").toFile()));
        builder.environment().putAll(environment);
        Started process = new Started(kind, builder.start());
        started.add(process);
        return process;
    }

    /** Starts one of each of {@code kinds} and waits until all are ready. */
    void startAndAwait(String... kinds) throws IOException {
        for (String kind : kinds) {
            start(kind);
        }
        for (String kind : kinds) {
            long expected = started.stream()
                    .filter(p -> p.kind().equals(kind) && p.process().isAlive())
                    .count();
            Awaitility.await(kind + " is ready\n" + log(kind))
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> ready(kind).size() >= expected);
        }
    }

    String log(String kind) {
        try {
            Path file = scratch.resolve(kind + ".log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the ready processes of a kind listen. */
    List<String> ready(String kind) throws IOException {
        List<String> addresses = new ArrayList<>();
        for (String record : redis.client().hgetAll("ghala:services").values()) {
            JsonNode presence = JSON.readTree(record);
            boolean alive = ProcessHandle.of(presence.path("pid").asLong()).isPresent();
            if (alive
                    && presence.path("kind").asText().equals(kind)
                    && presence.path("problems").isEmpty()) {
                addresses.add(presence.path("http").asText());
            }
        }
        return addresses;
    }

    /** What a command printed and how it ended. */
    record Ran(String out, String err, int code) {}

    Ran cli(String input, String... arguments) throws IOException, InterruptedException {
        return cli(input, Map.of(), arguments);
    }

    /** Runs the command line with {@code input} and names besides those of the services. */
    Ran cli(String input, Map<String, String> names, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(ClassArchives.options("client-cli"));
        command.addAll(List.of(
                "-jar",
                Path.of(System.getProperty("ghala.dist"), "client-cli.jar").toString()));
        command.addAll(List.of(arguments));
        Path in = Files.writeString(Files.createTempFile(scratch, "in-", ".txt"), input);
        Path err = Files.createTempFile(scratch, "err-", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(in.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("XDG_STATE_HOME", scratch.resolve("state").toString());
        builder.environment().putAll(names);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the command did not end: " + String.join(" ", arguments));
        }
        return new Ran(out, Files.readString(err), process.exitValue());
    }

    /** Kills with SIGKILL. */
    static void kill(Started process) throws InterruptedException {
        process.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Asks to end with SIGTERM and waits. */
    static int terminate(Started process) throws InterruptedException {
        process.process().toHandle().destroy();
        process.process().waitFor(30, TimeUnit.SECONDS);
        return process.process().exitValue();
    }

    HttpResponse<String> post(String address, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String address, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(PATIENCE)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The CSV rows of a statement without the header, asked of the first ready query-service. */
    List<String> rows(String sql) throws IOException, InterruptedException {
        return rows(ready(QUERY).get(0), sql, "");
    }

    /** The CSV rows without the header; {@code after} is a token or empty. */
    List<String> rows(String address, String sql, String after) throws IOException, InterruptedException {
        String body =
                JSON.createObjectNode().put("sql", sql).put("format", "csv").toString();
        if (!after.isEmpty()) {
            body = body.substring(0, body.length() - 1) + ",\"after\":\"" + after + "\"}";
        }
        HttpResponse<String> response = post(address, "/sql", "application/json", body);
        if (response.statusCode() != 200) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        List<String> lines = response.body().lines().toList();
        return lines.subList(1, lines.size());
    }

    /** Queues an upsert, whatever it does to types, and returns its token. */
    String upsert(String table, String id, String row) throws IOException, InterruptedException {
        String body =
                "{\"table\":\"" + table + "\",\"id\":\"" + id + "\",\"row\":" + row + ",\"type_change\":\"allow\"}";
        HttpResponse<String> response = post(ready(QUERY).get(0), "/upsert", "application/json", body);
        if (response.statusCode() != 202) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body()).path("token").asText();
    }

    /** Queues an upsert as soon as a worker has opened the table. */
    String upsertWhenOpen(String table, String id, String row) throws IOException, InterruptedException {
        await("table " + table + " is open", () -> redis.client().exists("ghala:{" + table + "}:epoch"));
        return upsert(table, id, row);
    }

    /** The manifest of a table, an empty object where there is none. */
    JsonNode manifest(String table) throws IOException {
        String text = redis.client().get("ghala:{" + table + "}:manifest");
        return text == null ? JSON.createObjectNode() : JSON.readTree(text);
    }

    void await(String what, Condition condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(25))
                .ignoreExceptions()
                .until(condition::holds);
    }

    /** Something that may come to hold. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Kills every process that was started. */
    void stopProcesses() throws InterruptedException {
        for (Started process : started) {
            kill(process);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        stopProcesses();
        redis.close();
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
