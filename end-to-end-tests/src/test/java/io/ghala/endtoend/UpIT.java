package io.ghala.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ghala up} promises about the processes that it starts: none is lost, and none is left behind. */
class UpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path scratch;

    private Path root;

    @BeforeEach
    void folder() throws IOException {
        root = Files.createDirectories(scratch.resolve("db"));
        Files.createDirectories(root.resolve("orders"));
        Files.writeString(root.resolve("orders").resolve("a.csv"), "id,v\n1,x\n");
    }

    private RunningUp up(Map<String, String> names) throws IOException {
        return RunningUp.start(root, scratch, names);
    }

    private static String post(String address, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(40))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static void awaitRows(String address, String rows) {
        Awaitility.await(rows + " rows")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> post(address, "/sql", "{\"sql\":\"SELECT count(*) AS n FROM orders\"}")
                        .strip()
                        .equals("[{\"n\":" + rows + "}]"));
    }

    private static void upsert(String address, String id) throws IOException, InterruptedException {
        String answer = post(
                address,
                "/upsert",
                "{\"table\":\"orders\",\"id\":\"" + id + "\",\"row\":{\"v\":\"y\"},\"type_change\":\"allow\"}");
        JsonNode token = JSON.readTree(answer).path("token");
        assertThat(token.isTextual()).as(answer).isTrue();
    }

    @Test
    void aRedisThatIsKilledComesBackAtItsAddressWithWhatItHeld() throws Exception {
        try (RunningUp up = up(Map.of())) {
            String address = up.awaitReady();
            awaitRows(address, "1");
            for (int round = 0; round < 3; round++) {
                upsert(address, "w" + round);
                ProcessHandle redis = up.redis();
                redis.destroyForcibly();
                RunningUp.awaitGone(List.of(redis));
                awaitRows(address, Integer.toString(round + 2));
            }
            assertThat(up.said()).contains("redis | ended").doesNotContain("starts again in 30000");
        }
    }

    @Test
    void nothingOutlivesAnUpThatIsKilledAndTheNextOneGoesOn() throws Exception {
        try (RunningUp up = up(Map.of())) {
            String address = up.awaitReady();
            upsert(address, "w");
            awaitRows(address, "2");
            List<ProcessHandle> children = up.children();
            assertThat(children).hasSizeGreaterThanOrEqualTo(5);
            String port = address.substring(address.lastIndexOf(':') + 1);
            up.signal("KILL");
            up.awaitEnd();
            // At once, while its children are still ending.
            try (RunningUp next = up(Map.of("HTTP_PORT", port))) {
                assertThat(next.awaitReady()).endsWith(":" + port);
                RunningUp.awaitGone(children);
                awaitRows(address, "2");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void itEndsInOrderWhenAskedTo(String signal) throws Exception {
        try (RunningUp up = up(Map.of())) {
            up.awaitReady();
            List<ProcessHandle> children = up.children();
            up.signal(signal);
            assertThat(up.awaitEnd()).isZero();
            RunningUp.awaitGone(children);
            assertThat(up.said())
                    .doesNotContain("Exception")
                    .doesNotContain("starts again")
                    .doesNotContain(" ERROR ");
        }
    }

    @Test
    void itEndsInOrderBeforeItIsReady() throws Exception {
        try (RunningUp up = up(Map.of())) {
            Awaitility.await("it has begun")
                    .atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> up.said().contains("Redis is"));
            long began = System.nanoTime();
            up.signal("INT");
            assertThat(up.awaitEnd()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(up.said()).doesNotContain("Exception").doesNotContain("starts again");
        }
    }

    @Test
    void aSecondOneSaysWhoServesTheFolder() throws Exception {
        try (RunningUp first = up(Map.of())) {
            first.awaitReady();
            try (RunningUp second = up(Map.of())) {
                assertThat(second.awaitEnd()).isEqualTo(2);
                assertThat(second.said()).contains("is served already, by process ");
            }
        }
    }

    @Test
    void theMachinesOwnRedisIsTakenFirstAndItsPasswordIsNowhereToBeSeen() throws Exception {
        Path path = Files.createDirectories(scratch.resolve("bin"));
        Path program = redis.embedded.core.ExecutableProvider.newJarResourceProvider(path.toFile())
                .get()
                .toPath();
        Files.createSymbolicLink(path.resolve("valkey-server"), program);
        try (RunningUp up = up(Map.of("PATH", path + ":" + System.getenv("PATH")))) {
            String address = up.awaitReady();
            assertThat(up.said()).contains("Redis is valkey-server 6.2").contains(path.toString());
            Path settings = root.resolve(".ghala/redis/redis.conf");
            String password = Files.readString(settings)
                    .lines()
                    .filter(line -> line.startsWith("requirepass "))
                    .map(line -> line.substring("requirepass ".length()))
                    .findFirst()
                    .orElseThrow();
            assertThat(password).hasSizeGreaterThan(40);
            for (Path file : List.of(settings, root.resolve(".ghala/up/address"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            upsert(address, "w");
            awaitRows(address, "2");
            assertThat(up.said()).doesNotContain(password);
            assertThat(up.children())
                    .allSatisfy(child ->
                            assertThat(child.info().commandLine().orElse("")).doesNotContain(password));
        }
    }
}
