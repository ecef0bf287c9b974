package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.endtoend.GhalaProcesses.Started;
import io.ghala.model.SqlName;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promises of the design over real processes, a real Redis and a real folder. */
class PromisesIT {
    private static final String COUNT = "SELECT count(*) FROM orders";
    private static final String ALL = "SELECT * FROM orders ORDER BY id";

    private GhalaProcesses ghala;

    @BeforeEach
    void open() throws IOException {
        ghala = new GhalaProcesses();
        file("orders/a.json", "{\"id\":1,\"v\":1.5,\"tags\":[\"x\"],\"day\":\"2026-01-02T03:04:05Z\"}");
        file("orders/b.csv", "id,v,note\n2,2,\n3,3,\"a, b\"\n");
    }

    @AfterEach
    void close() throws Exception {
        ghala.close();
    }

    private void file(String name, String content) throws IOException {
        Path path = ghala.root().resolve(name);
        Files.createDirectories(path.getParent());
        Path temporary = path.resolveSibling("." + path.getFileName() + ".tmp");
        Files.writeString(temporary, content);
        Files.move(temporary, path);
    }

    private String rootHash() throws IOException {
        return ghala.manifest("orders").path("body").path("root_hash").asText();
    }

    @Test
    void theFolderIsTheTruthAndAWipedRedisHealsByItself() throws Exception {
        ghala.startAndAwait(REFRESHER, WORKER, QUERY, PARQUET);
        ghala.await("loaded", () -> ghala.rows(COUNT).equals(List.of("3")));
        String token = ghala.upsert("orders", "2", "{\"v\":7}");
        assertThat(ghala.rows(ghala.ready(QUERY).get(0), "SELECT v FROM orders WHERE id = 2", token))
                .containsExactly("7.0");
        List<String> before = ghala.rows(ALL);
        String hash = rootHash();
        long version = ghala.manifest("orders").path("version").asLong();
        JsonNode schema = ghala.manifest("orders").path("body").path("schema");
        ghala.redis().client().flushAll();
        Files.deleteIfExists(ghala.root().resolve("orders.parquet"));
        ghala.await("published again", () -> rootHash().equals(hash));
        assertThat(ghala.manifest("orders").path("body").path("schema")).isEqualTo(schema);
        assertThat(ghala.manifest("orders").path("version").asLong()).isGreaterThan(version);
        ghala.await("present again", () -> !ghala.ready(QUERY).isEmpty());
        assertThat(ghala.rows(ALL)).isEqualTo(before);
        ghala.await("file again", () -> Files.exists(ghala.root().resolve("orders.parquet")));
        String later = ghala.upsertWhenOpen("orders", "2", "{\"v\":8}");
        assertThat(ghala.rows(ghala.ready(QUERY).get(0), "SELECT v FROM orders WHERE id = 2", later))
                .containsExactly("8.0");
    }

    @Test
    void everySnapshotFormatGivesTheSameAnswers() throws Exception {
        ghala.startAndAwait(QUERY);
        Set<String> hashes = new HashSet<>();
        for (String format : List.of("arrow", "parquet", "json")) {
            Started refresher = ghala.with("SNAPSHOT_FORMAT", format).start(REFRESHER);
            ghala.await(format, () -> ghala.manifest("orders")
                    .path("body")
                    .path("format")
                    .asText()
                    .equals(format));
            ghala.await("loaded", () -> loadedVersion()
                    .equals(ghala.manifest("orders").path("version").asText()));
            assertThat(ghala.rows("SELECT *, typeof(tags), typeof(day), typeof(v) FROM orders ORDER BY id"))
                    .containsExactly(
                            "1,1.5,,\"[\"\"x\"\"]\",2026-01-02T03:04:05Z,VARCHAR[],TIMESTAMP WITH TIME ZONE,DOUBLE",
                            "2,2.0,,,,VARCHAR[],TIMESTAMP WITH TIME ZONE,DOUBLE",
                            "3,3.0,\"a, b\",,,VARCHAR[],TIMESTAMP WITH TIME ZONE,DOUBLE");
            hashes.add(rootHash());
            GhalaProcesses.kill(refresher);
        }
        assertThat(hashes).hasSize(1);
    }

    private String loadedVersion() throws Exception {
        return new ObjectMapper()
                .readTree(ghala.get(ghala.ready(QUERY).get(0), "/tables/orders").body())
                .path("version")
                .asText();
    }

    @Test
    void twoProcessesOfEachKindGiveTheSameAnswersAndReplaceEachOther() throws Exception {
        Started first = ghala.start(REFRESHER);
        Started firstWorker = ghala.start(WORKER);
        ghala.startAndAwait(REFRESHER, WORKER, QUERY, QUERY, PARQUET, PARQUET);
        assertThat(ghala.ready(QUERY)).hasSize(2);
        String token = ghala.upsertWhenOpen("orders", "9", "{\"v\":9}");
        for (String address : ghala.ready(QUERY)) {
            assertThat(ghala.rows(address, "SELECT v FROM orders WHERE id = 9", token))
                    .containsExactly("9.0");
        }
        GhalaProcesses.kill(first);
        GhalaProcesses.kill(firstWorker);
        file("orders/c.json", "{\"id\":4}");
        String later = ghala.upsert("orders", "10", "{\"v\":10}");
        for (String address : ghala.ready(QUERY)) {
            assertThat(ghala.rows(address, "SELECT count(*) FROM orders WHERE id IN (9, 10)", later))
                    .containsExactly("2");
            ghala.await("the file is seen", () -> ghala.rows(address, COUNT, "").equals(List.of("6")));
        }
    }

    @Test
    void perRowTheStreamOrderWinsAlthoughWorkersAreKilled() throws Exception {
        ghala.startAndAwait(REFRESHER, QUERY);
        Started worker = ghala.start(WORKER);
        ghala.upsertWhenOpen("orders", "row0", "{\"v\":-1}");
        String token = "";
        for (int i = 0; i < 200; i++) {
            token = ghala.upsert("orders", "row" + i % 5, "{\"v\":" + i + "}");
            if (i % 50 == 25) {
                GhalaProcesses.kill(worker);
                worker = ghala.start(WORKER);
            }
        }
        assertThat(ghala.rows(
                        ghala.ready(QUERY).get(0),
                        "SELECT id, v FROM orders WHERE starts_with(id, 'row') ORDER BY id",
                        token))
                .containsExactly("row0,195.0", "row1,196.0", "row2,197.0", "row3,198.0", "row4,199.0");
    }

    @Test
    void noReaderSeesAMixedVersionAndVersionsGrow() throws Exception {
        // Every file says the same batch number in each of its rows, and all files are replaced together by one rename
        // of the op.
        ghala.startAndAwait(REFRESHER, QUERY, PARQUET);
        ghala.await("loaded", () -> ghala.rows(COUNT).equals(List.of("3")));
        String address = ghala.ready(QUERY).get(0);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<List<String>> wrong = CompletableFuture.supplyAsync(() -> watch(address, done));
        for (int i = 10; i < 40; i++) {
            StringBuilder rows = new StringBuilder("id,batch\n");
            for (int row = 0; row < 50; row++) {
                rows.append(i * 100 + row).append(',').append(i).append('\n');
            }
            file("orders/batch-" + i + ".csv", rows.toString());
            int batch = i;
            ghala.await("batch " + i, () -> ghala.rows("SELECT max(batch) FROM orders")
                    .equals(List.of(Integer.toString(batch))));
        }
        done.set(true);
        assertThat(wrong.get()).isEmpty();
        ghala.await("the file is the newest version", () -> parquetVersion()
                .equals(ghala.manifest("orders").path("version").asText()));
        assertThat(parquet("SELECT count(*), sum(batch) FROM "))
                .containsExactly(ghala.rows("SELECT count(*), sum(batch) FROM orders")
                        .get(0)
                        .split(","));
    }

    /**
     * Reads until done; returns what no reader may see: a batch in part, a version that went back, a Parquet file that
     * does not open.
     */
    private List<String> watch(String address, AtomicBoolean done) {
        List<String> wrong = new ArrayList<>();
        long newest = 0;
        while (!done.get()) {
            try {
                HttpResponse<String> response = ghala.post(
                        address,
                        "/sql",
                        "text/plain",
                        "SELECT batch, count(*) AS n FROM orders WHERE batch IS NOT NULL GROUP BY ALL HAVING count(*) <> 50");
                String version = response.headers()
                        .firstValue("Ghala-Version")
                        .orElse("orders=0")
                        .substring("orders=".length());
                // Before the first batch there is no such column.
                if (response.statusCode() == 200 && !response.body().strip().equals("[]")) {
                    wrong.add("partial batch: " + response.body());
                }
                if (response.statusCode() == 200 && Long.parseLong(version) < newest) {
                    wrong.add("version went back from " + newest + " to " + version);
                }
                newest = Math.max(newest, Long.parseLong(version));
                if (Files.exists(ghala.root().resolve("orders.parquet"))
                        && Integer.parseInt(parquet("SELECT count(*) FROM ")[0]) % 50 != 3) {
                    wrong.add("the Parquet file holds a part of a version");
                }
            } catch (IOException | SQLException e) {
                wrong.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                wrong.add("interrupted");
            }
        }
        return wrong;
    }

    private String[] parquet(String select) throws SQLException {
        String file = "read_parquet("
                + SqlName.literal(ghala.root().resolve("orders.parquet").toString()) + ")";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(select + file)) {
            result.next();
            String[] row = new String[result.getMetaData().getColumnCount()];
            for (int i = 0; i < row.length; i++) {
                row[i] = result.getString(i + 1);
            }
            return row;
        }
    }

    private String parquetVersion() throws SQLException {
        String file = SqlName.literal(ghala.root().resolve("orders.parquet").toString());
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery("SELECT decode(value) FROM parquet_kv_metadata(" + file
                        + ") WHERE decode(key) = 'ghala.version'")) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void whatCannotBeAppliedOrReadIsToldAndDisturbsNobody() throws Exception {
        file("orders/bad.json", "{");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY);
        ghala.await("loaded", () -> ghala.rows(COUNT).equals(List.of("3")));
        String address = ghala.ready(QUERY).get(0);
        assertThat(ghala.get(address, "/tables/orders").body())
                .contains("bad.json")
                .contains("not valid JSON");
        ghala.upsertWhenOpen("orders", "5", "{\"v\":5}");
        ghala.redis()
                .client()
                .xadd(
                        "ghala:{orders}:intents",
                        redis.clients.jedis.StreamEntryID.NEW_ENTRY,
                        java.util.Map.of("op", "upsert", "id", "6", "payload", "{\"id\":7}"));
        ghala.await("dead letter", () -> ghala.redis().client().xlen("ghala:{orders}:dead") == 1);
        String token = ghala.upsert("orders", "7", "{\"v\":7}");
        assertThat(ghala.rows(address, COUNT, token)).containsExactly("5");
        assertThat(ghala.post(
                                address,
                                "/upsert",
                                "application/json",
                                "{\"table\":\"orders\",\"id\":\"1\",\"row\":{\"id\":2}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ghala.post(address, "/upsert", "application/json", "{\"table\":\"nope\",\"id\":\"1\",\"row\":{}}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ghala.post(address, "/sql", "text/plain", "DROP TABLE orders")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ghala.post(address, "/sql", "text/plain", "SELECT * FROM nope")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ghala.post(
                                address,
                                "/sql",
                                "application/json",
                                "{\"sql\":\"SELECT count(*) FROM range(10000000000000)\",\"timeout_ms\":300}")
                        .statusCode())
                .isEqualTo(504);
        assertThat(ghala.post(
                                address,
                                "/sql",
                                "application/json",
                                "{\"sql\":\"SELECT 1 FROM orders\",\"after\":\"0123456789abcdef:1763812345678-0\"}")
                        .statusCode())
                .isEqualTo(409);
        for (String id : List.of("a/b", "\u00e9\ud83d\ude00", "'; --", "x".repeat(10_000))) {
            String last = ghala.upsert("orders", id, "{\"v\":1}");
            assertThat(ghala.rows(
                            address,
                            "SELECT count(*) FROM orders WHERE length(id) = " + id.codePointCount(0, id.length())
                                    + " AND v = 1",
                            last))
                    .containsExactly("1");
        }
    }

    @Test
    void aTableWhoseFolderGoesIsWithdrawnAndItsFileStays() throws Exception {
        file("gone/a.json", "{\"id\":1}");
        ghala.startAndAwait(REFRESHER, QUERY, PARQUET);
        ghala.await("written", () -> Files.exists(ghala.root().resolve("gone.parquet")));
        Files.delete(ghala.root().resolve("gone/a.json"));
        ghala.await("empty", () -> ghala.rows("SELECT count(*) FROM gone").equals(List.of("0")));
        Files.delete(ghala.root().resolve("gone"));
        ghala.await(
                "withdrawn",
                () -> ghala.post(ghala.ready(QUERY).get(0), "/sql", "text/plain", "SELECT * FROM gone")
                                .statusCode()
                        == 404);
        assertThat(ghala.root().resolve("gone.parquet")).exists();
    }

    @Test
    void servicesOutliveARedisThatGoesAwayAndEndInOrder() throws Exception {
        Started refresher = ghala.start(REFRESHER);
        Started worker = ghala.start(WORKER);
        ghala.startAndAwait(QUERY);
        ghala.await("loaded", () -> ghala.rows(COUNT).equals(List.of("3")));
        String address = ghala.ready(QUERY).get(0);
        ghala.redis().kill();
        ghala.await("not ready", () -> ghala.get(address, "/readyz").statusCode() == 503);
        assertThat(ghala.rows(address, COUNT, "")).containsExactly("3");
        ghala.redis().restart();
        file("orders/d.json", "{\"id\":5}");
        ghala.await("seen after Redis came back empty", () -> ghala.rows(address, COUNT, "")
                .equals(List.of("4")));
        GhalaProcesses.terminate(worker);
        GhalaProcesses.terminate(refresher);
        assertThat(ghala.log(WORKER)).contains("service stopping").doesNotContain("close failed");
        try (var stages = Files.list(ghala.root().resolve(".ghala/stage"))) {
            assertThat(stages).isEmpty();
        } catch (java.nio.file.NoSuchFileException e) {
            assertThat(ghala.root().resolve(".ghala")).exists();
        }
    }
}
