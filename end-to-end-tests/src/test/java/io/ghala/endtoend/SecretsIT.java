package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.endtoend.GhalaProcesses.Ran;
import io.ghala.endtoend.GhalaProcesses.Started;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Passwords and tokens are nowhere to be seen, and nothing is written through a link. */
class SecretsIT {
    private static final String PASSWORD = "pa55w0rd";
    private static final String TOKEN = "t0k3n-of-http";
    private final List<Started> services = new ArrayList<>();
    private GhalaProcesses ghala;

    @BeforeEach
    void make() throws Exception {
        ghala = new GhalaProcesses();
        ghala.file("orders/a.csv", "id,v\n1,10\n");
    }

    @AfterEach
    void stop() throws Exception {
        ghala.close();
    }

    private void start() throws IOException {
        for (String kind : List.of(REFRESHER, WORKER, QUERY, PARQUET)) {
            services.add(ghala.start(kind));
        }
        ghala.await("ready", () -> !ghala.ready(QUERY).isEmpty());
        ghala.await("published", () -> ghala.redis().client().exists("ghala:{orders}:manifest"));
        ghala.await("written", () -> Files.exists(ghala.root().resolve("orders.parquet")));
    }

    private static HttpResponse<String> get(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void passwordsAndTokensAreNowhereToBeSeen() throws Exception {
        try (Jedis redis = new Jedis("127.0.0.1", ghala.redis().port())) {
            redis.aclSetUser("me", "on", ">" + PASSWORD, "~*", "&*", "+@all");
        }
        String url = ghala.redis().url().replace("redis://", "redis://me:" + PASSWORD + "@");
        ghala.with("REDIS_URL", url).with("HTTP_TOKEN", TOKEN);
        start();
        String address = ghala.ready(QUERY).get(0);
        assertThat(get(address + "/tables", TOKEN).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = get(address + "/tables", TOKEN + "x");
        assertThat(refused.statusCode()).isEqualTo(403);
        StringBuilder seen = new StringBuilder(refused.body());
        for (String path : List.of("/metrics", "/health", "/ready", "/tables", "/nosuch")) {
            seen.append(get(address + path, TOKEN).body());
        }
        for (String[] command : List.of(
                new String[] {"status"},
                new String[] {"tables"},
                new String[] {"sql", "SELECT count(*) FROM orders"},
                new String[] {"errors", "nosuch"},
                new String[] {"verify", "orders"})) {
            Ran ran = ghala.cli("", command);
            seen.append(ran.out()).append(ran.err());
        }
        Ran wrong = ghala.cli("", Map.of("REDIS_URL", url.replace(PASSWORD, "x" + PASSWORD)), "status");
        assertThat(wrong.code()).isNotZero();
        seen.append(wrong.out()).append(wrong.err());
        for (Started service : services) {
            seen.append(service.process().info().commandLine().orElse(""));
            service.process()
                    .descendants()
                    .forEach(child -> seen.append(child.info().commandLine().orElse("")));
        }
        ghala.redis().kill();
        ghala.await("everybody complains", () -> ghala.log(REFRESHER).contains("does not answer"));
        for (Started service : services) {
            seen.append(ghala.log(service.kind()));
        }
        assertThat(seen.toString())
                .contains("setting ghala.redis.url")
                .doesNotContain(PASSWORD)
                .doesNotContain(TOKEN);
        try (var files = Files.walk(ghala.root().resolveSibling("state"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void nothingIsWrittenThroughLinks() throws Exception {
        Path elsewhere = Files.createDirectories(ghala.root().resolveSibling("elsewhere"));
        Files.writeString(elsewhere.resolve("b.csv"), "id,v\n2,20\n");
        Files.createSymbolicLink(ghala.root().resolve("linked"), elsewhere);
        Path target = Files.writeString(ghala.root().resolveSibling("target"), "somebody's");
        Files.createSymbolicLink(ghala.root().resolve("people.parquet"), target);
        ghala.file("people/a.csv", "id\n1\n");
        start();
        ghala.await("the link is listed", () -> ghala.cli("", "status").out().contains("linked\tno table"));
        ghala.await(
                "the file is left alone",
                () -> ghala.cli("", "errors", "people").out().contains("people.parquet"));
        assertThat(ghala.cli("", "upsert", "linked", "1", "{}").code()).isEqualTo(1);
        assertThat(Files.readString(target)).isEqualTo("somebody's");
        assertThat(elsewhere.toFile().list()).containsExactly("b.csv");
    }

    @Test
    void aLinkInThePlaceOfItsOwnFolderIsRefused() throws Exception {
        Path elsewhere = Files.createDirectories(ghala.root().resolveSibling("elsewhere"));
        Files.createSymbolicLink(ghala.root().resolve(".ghala"), elsewhere);
        ghala.start(REFRESHER);
        ghala.await("it says so", () -> ghala.log(REFRESHER).contains("is a link"));
        assertThat(elsewhere).isEmptyDirectory();
    }
}
