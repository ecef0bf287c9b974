package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.endtoend.GhalaProcesses.Started;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A statement that no interrupt reaches costs its process, and never the answers of others silently. */
class StuckStatementIT {
    /** One vectorised call of half a minute. */
    private static final String STUCK =
            "SELECT max(levenshtein(repeat('a', 120000 + id), repeat('b', 120000))) AS n FROM orders";

    private static final String ENDLESS = "SELECT count(*) AS n FROM range(10000000000000)";

    private GhalaProcesses ghala;

    @BeforeEach
    void open() throws IOException {
        ghala = new GhalaProcesses();
        ghala.settings("ghala.query { stuck-after = 500ms, drain-time = 8s }");
        ghala.file("orders/a.json", "{\"id\":1}");
        ghala.startAndAwait(REFRESHER);
    }

    @AfterEach
    void close() throws Exception {
        ghala.close();
    }

    private HttpResponse<String> ask(String address, String sql, int timeoutMs) {
        try {
            String body = "{\"sql\":\"" + sql + "\",\"timeout_ms\":" + timeoutMs + "}";
            return ghala.post(address, "/sql", "application/json", body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Started lose() throws Exception {
        Started replica = ghala.start(QUERY);
        ghala.await("ready", () -> ghala.ready(QUERY).size() == 1);
        String address = ghala.ready(QUERY).get(0);
        ghala.await(
                "loaded", () -> ghala.rows(address, "SELECT id FROM orders", "").equals(List.of("1")));
        HttpResponse<String> stuck = ask(address, STUCK, 3000);
        assertThat(stuck.statusCode()).isEqualTo(504);
        assertThat(stuck.body()).contains("could not be stopped");
        assertThat(replica.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(replica.process().exitValue()).isEqualTo(1);
        ghala.await("gone", () -> ghala.ready(QUERY).isEmpty());
        return replica;
    }

    @Test
    void theProcessEndsAfterTheOthersAreAnswered() throws Exception {
        Started replica = ghala.start(QUERY);
        ghala.await("ready", () -> ghala.ready(QUERY).size() == 1);
        String address = ghala.ready(QUERY).get(0);
        ghala.await(
                "loaded", () -> ghala.rows(address, "SELECT id FROM orders", "").equals(List.of("1")));
        CompletableFuture<HttpResponse<String>> other =
                CompletableFuture.supplyAsync(() -> ask(address, ENDLESS, 30_000));
        CompletableFuture<HttpResponse<String>> finishing = CompletableFuture.supplyAsync(
                () -> ask(address, "SELECT count(*) AS n FROM range(3000000000)", 30_000));
        HttpResponse<String> stuck = ask(address, STUCK, 3000);
        assertThat(stuck.statusCode()).isEqualTo(504);
        assertThat(stuck.body()).contains("could not be stopped");
        assertThat(stuck.headers().firstValue("Content-Type")).contains("application/problem+json");
        ghala.await("not ready", () -> ghala.get(address, "/readyz").statusCode() == 503);
        assertThat(ask(address, "SELECT 1 AS n", 1000).statusCode()).isEqualTo(503);
        assertThat(finishing.get(60, TimeUnit.SECONDS).body()).isIn("[{\"n\":3000000000}]\n", interrupted(finishing));
        assertThat(other.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(502);
        assertThat(replica.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(replica.process().exitValue()).isEqualTo(1);
        assertThat(ghala.log(QUERY)).contains("service must restart");
    }

    private static String interrupted(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        return answer.get().statusCode() == 502 ? answer.get().body() : "";
    }

    @Test
    void aStatementThatTookTwoProcessesIsRefusedByTheThird() throws Exception {
        lose();
        lose();
        ghala.start(QUERY);
        ghala.await("ready", () -> ghala.ready(QUERY).size() == 1);
        String address = ghala.ready(QUERY).get(0);
        ghala.await("refused", () -> ask(address, STUCK, 3000).statusCode() == 403);
        assertThat(ask(address, STUCK, 3000).body()).contains("took two query-services");
        assertThat(ask(address, "SELECT id FROM orders", 10_000).statusCode()).isEqualTo(200);
    }
}
