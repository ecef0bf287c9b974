package io.ghala.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients write and read under {@code ghala up} while its Redis, its services and {@code up} itself are killed with
 * SIGKILL: no answered write is lost, none is undone, and a read with a token holds its write. The schedule follows
 * from {@code -Dchaos.seed}.
 */
class UpChaosIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 3;
    private static final int ROWS_EACH = 4;
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.up.seconds", 40));

    @TempDir
    Path scratch;

    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger seen = new AtomicInteger();
    private Path root = Path.of("");
    private volatile String address = "";

    /** What a client knows of one of its rows: the value last answered, and the one that it tried last. */
    private static final class Row {
        private final String id;
        private int answered;
        private int tried;

        Row(String id) {
            this.id = id;
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The value of a row as answered to a statement that waits for {@code token}; below 0 where none came. */
    private int read(Row row, String token) throws InterruptedException {
        String after = token.isEmpty() ? "" : ",\"after\":\"" + token + "\"";
        String sql = "{\"sql\":\"SELECT v FROM orders WHERE id = '" + row.id + "'\"" + after + "}";
        try {
            HttpResponse<String> answer = post("/sql", sql);
            JsonNode rows = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createArrayNode();
            return rows.isEmpty() ? -1 : rows.get(0).path("v").asInt();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Writes the next value until it is answered: tried again under one op id, it is written once. */
    private String write(Row row) throws InterruptedException {
        row.tried++;
        String body = "{\"table\":\"orders\",\"id\":\"" + row.id + "\",\"row\":{\"v\":" + row.tried + "},\"op_id\":\""
                + row.id + "-" + row.tried + "\"}";
        while (over.getCount() > 0) {
            try {
                HttpResponse<String> answer = post("/upsert", body);
                if (answer.statusCode() == 202) {
                    row.answered = row.tried;
                    acknowledged.incrementAndGet();
                    return JSON.readTree(answer.body()).path("token").asText();
                }
            } catch (IOException e) {
                // In doubt: it is tried again.
            }
            if (over.await(20, TimeUnit.MILLISECONDS)) {
                return "";
            }
        }
        return "";
    }

    private List<Row> client(int number) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS_EACH; i++) {
            rows.add(new Row("c" + number + "r" + i));
        }
        for (int turn = 0; over.getCount() > 0; turn++) {
            Row row = rows.get(turn % ROWS_EACH);
            String token = write(row);
            if (!token.isEmpty()) {
                int value = read(row, token);
                if (value >= 0) {
                    seen.incrementAndGet();
                    assertThat(value).as("row %s read with its token", row.id).isEqualTo(row.answered);
                }
            }
        }
        return rows;
    }

    private RunningUp up(int port) throws IOException {
        return RunningUp.start(root, scratch, Map.of("HTTP_PORT", Integer.toString(port)));
    }

    @Test
    void noAnsweredWriteIsLostWhateverIsKilled() throws Exception {
        long seed = Long.getLong("chaos.seed", System.nanoTime());
        System.out.println("chaos under up: replay with -Dchaos.seed=" + seed);
        Random random = new Random(seed);
        root = Files.createDirectories(scratch.resolve("db"));
        Files.writeString(Files.createDirectories(root.resolve("orders")).resolve("a.csv"), "id,v\nx,0\n");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        RunningUp up = up(port);
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        int[] kills = new int[3];
        try {
            address = up.awaitReady();
            List<Future<List<Row>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                clients.add(threads.submit(() -> client(number)));
            }
            long end = System.nanoTime() + LENGTH.toNanos();
            while (System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(1000 + random.nextInt(2500));
                int what = random.nextInt(5);
                if (what == 0) {
                    kills[0]++;
                    up.signal("KILL");
                    up.awaitEnd();
                    up.close();
                    up = up(port);
                    up.awaitReady();
                } else if (what <= 2) {
                    kills[1]++;
                    up.redis().destroyForcibly();
                } else {
                    List<ProcessHandle> services = up.services();
                    if (!services.isEmpty()) {
                        kills[2]++;
                        services.get(random.nextInt(services.size())).destroyForcibly();
                    }
                }
            }
            over.countDown();
            for (Future<List<Row>> client : clients) {
                for (Row row : client.get(2, TimeUnit.MINUTES)) {
                    Awaitility.await("row " + row.id + " is " + row.answered + " or " + row.tried)
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> {
                                int value = read(row, "");
                                return value == row.answered || value == row.tried || row.answered == 0;
                            });
                }
            }
        } finally {
            over.countDown();
            threads.shutdownNow();
            up.close();
        }
        System.out.printf(
                "chaos under up: %d writes answered, %d read back; kills: up %d, Redis %d, services %d%n",
                acknowledged.get(), seen.get(), kills[0], kills[1], kills[2]);
        assertThat(acknowledged.get()).isGreaterThan(50);
        assertThat(seen.get()).isGreaterThan(20);
        assertThat(kills[0] + kills[1] + kills[2]).isGreaterThanOrEqualTo(6);
    }
}
