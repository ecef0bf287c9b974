package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The write path over real processes: many at once, under a condition, and op files that are merged under readers. */
class WritesIT {
    private static final String ALL = "SELECT * FROM orders ORDER BY id";
    private GhalaProcesses ghala;
    private Path orders;

    @BeforeEach
    void start() throws Exception {
        ghala = new GhalaProcesses();
        orders = Files.createDirectory(ghala.root().resolve("orders"));
        Files.writeString(orders.resolve("plain.json"), "[{\"id\":1,\"v\":10},{\"id\":2,\"v\":20}]");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY);
        ghala.await("loaded", () -> ghala.rows(ALL).size() == 2);
        ghala.upsertWhenOpen("orders", "3", "{\"v\":30}");
    }

    @AfterEach
    void stop() throws Exception {
        ghala.close();
    }

    private long opFiles() throws IOException {
        try (Stream<Path> files = Files.list(orders)) {
            return files.filter(file -> file.getFileName().toString().contains("@"))
                    .count();
        }
    }

    @Test
    void manyWritesOverHttpAreAnsweredLineByLine() throws Exception {
        String lines = """
                {"table":"orders","id":"4","row":{"v":40}}
                {"table":"orders","id":"5","row":{"id":6}}
                {"table":"orders","id":"1","row":{"v":11},"if_version":"absent"}
                {"table":"nowhere","id":"1","row":{}}
                {"table":"orders","id":"7","row":{"v":70},"if_version":"absent"}
                not JSON
                """;
        List<String> answers = ghala.post(ghala.ready(QUERY).get(0), "/upsert", "application/x-ndjson", lines)
                .body()
                .lines()
                .toList();
        assertThat(answers).hasSize(6);
        assertThat(List.of(answers.get(0), answers.get(2), answers.get(4)))
                .allMatch(line -> line.contains("\"token\""));
        assertThat(answers.get(1)).contains("400").contains("another row");
        assertThat(answers.get(3)).contains("404").contains("nowhere");
        assertThat(answers.get(5)).contains("400");
        ghala.await("the one that lost is dead", () -> ghala.redis().client().xlen("ghala:{orders}:dead") == 1);
        ghala.await("the others are visible", () -> ghala.rows(ALL)
                .equals(List.of("1,10", "2,20", "3,30", "4,40", "7,70")));
    }

    @Test
    void aWriteThatWouldMakeNumbersTextIsRefusedWhicheverWayItComes() throws Exception {
        String address = ghala.ready(QUERY).get(0);
        String text = "{\"table\":\"orders\",\"id\":\"4\",\"row\":{\"v\":\"x\"}";
        HttpResponse<String> refused = ghala.post(address, "/upsert", "application/json", text + "}");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("BIGINT", "VARCHAR", "plain.json", "type_change");
        assertThat(ghala.post(address, "/upsert", "application/x-ndjson", text + "}\n")
                        .body())
                .contains("409", "VARCHAR");
        GhalaProcesses.Ran byCommand = ghala.cli("", "upsert", "orders", "4", "{\"v\":true}");
        assertThat(byCommand.code()).isEqualTo(1);
        assertThat(byCommand.err()).contains("BIGINT", "--allow-type-change");
        Path lines = Files.writeString(
                ghala.root().resolveSibling("in.ndjson"), "{\"id\":4,\"v\":[1]}\n{\"id\":5,\"v\":5}\n");
        GhalaProcesses.Ran imported = ghala.cli("", "import", "orders", lines.toString());
        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.err()).contains("line 1", "JSON");
        String wide = ghala.upsert("orders", "6", "{\"v\":6.5}");
        assertThat(ghala.rows(address, "SELECT sum(v) FROM orders", wide)).containsExactly("71.5");
        assertThat(ghala.rows(
                        "SELECT type, type_from FROM ghala.columns WHERE table_name = 'orders' AND column_name = 'v'"))
                .singleElement()
                .asString()
                .startsWith("DOUBLE,6@");
        HttpResponse<String> allowed =
                ghala.post(address, "/upsert", "application/json", text + ",\"type_change\":\"allow\"}");
        assertThat(allowed.statusCode()).isEqualTo(202);
        ghala.await(
                "everybody has text",
                () -> ghala.cli("", "schema", "orders").out().contains("v\tVARCHAR\t4@"));
    }

    @Test
    void importTakesWhatTheFolderTakes() throws Exception {
        Path semicolons = Files.writeString(ghala.root().resolveSibling("in.csv"), "id;v\n4;40\n5;50\n");
        GhalaProcesses.Ran taken = ghala.cli("", "import", "orders", semicolons.toString());
        assertThat(taken.err()).contains("2 rows queued");
        assertThat(taken.code()).isZero();
        String address = ghala.ready(QUERY).get(0);
        assertThat(ghala.rows(address, ALL, taken.out().strip())).contains("4,40", "5,50");
        Path open = Files.writeString(ghala.root().resolveSibling("open.tsv"), "id\tv\n6\t60\n7\t\"70\n8\t80\n");
        GhalaProcesses.Ran refused = ghala.cli("", "import", "orders", open.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("open.tsv", "line 3");
        for (String name : List.of("nofile.csv", "nofile.json")) {
            GhalaProcesses.Ran none = ghala.cli("", "import", "orders", name);
            assertThat(none.code()).isEqualTo(1);
            assertThat(none.err()).contains(name, "there is no such file");
        }
        assertThat(ghala.rows(address, "SELECT count(*) FROM orders WHERE id > 5", ""))
                .containsExactly("0");
    }

    @Test
    void aCompactionChangesNeitherRowsNorTypes() throws Exception {
        String text = "{\"v\":\"text that a later write replaces\"}";
        assertThat(ghala.cli("", "upsert", "orders", "4", text, "--allow-type-change")
                        .code())
                .isZero();
        for (int i = 4; i < 20; i++) {
            ghala.upsert("orders", Integer.toString(i), "{\"v\":" + i + ".50,\"w\":{\"x\":[" + i + "]}}");
        }
        String last = ghala.upsert("orders", "2", "{\"id\":2,\"v\":2.5}");
        String address = ghala.ready(QUERY).get(0);
        List<String> before = ghala.rows(address, ALL, last);
        JsonNode manifest = ghala.manifest("orders").path("body");
        ghala.redis().client().set("ghala:{orders}:compact", "1");
        ghala.await("one op file is left", () -> opFiles() == 1);
        String token = ghala.upsert("orders", "30", "{\"v\":1}");
        List<String> after = ghala.rows(address, ALL, token);
        assertThat(after.subList(0, before.size())).isEqualTo(before);
        assertThat(after).hasSize(before.size() + 1);
        JsonNode now = ghala.manifest("orders").path("body");
        assertThat(now.path("schema")).isEqualTo(manifest.path("schema"));
    }
}
