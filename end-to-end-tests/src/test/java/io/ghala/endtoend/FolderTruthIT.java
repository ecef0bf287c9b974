package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.endtoend.GhalaProcesses.Started;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown is what is in the folder, and where it is not, that is said. */
class FolderTruthIT {
    private GhalaProcesses ghala;
    private Started refresher;
    private String address;

    @BeforeEach
    void open() throws Exception {
        ghala = new GhalaProcesses();
        ghala.file("orders/a.csv", "id,v\n1,10\n");
        refresher = ghala.start(REFRESHER);
        ghala.startAndAwait(QUERY);
        address = ghala.ready(QUERY).get(0);
        ghala.await("loaded", () -> ghala.rows(address, "SELECT count(*) FROM orders", "")
                .equals(List.of("1")));
    }

    @AfterEach
    void close() throws Exception {
        ghala.close();
    }

    private HttpResponse<String> count(String more) throws Exception {
        return ghala.post(address, "/sql", "application/json", "{\"sql\":\"SELECT count(*) FROM orders\"" + more + "}");
    }

    private long ageMs() throws Exception {
        String age = count("").headers().firstValue("Ghala-Age-Ms").orElseThrow();
        return Long.parseLong(age.substring("orders=".length()));
    }

    @Test
    void anAnswerGrowsOldWhileNobodyLooksAtTheFolderAndSaysSo() throws Exception {
        assertThat(count(",\"max_age_ms\":0").statusCode()).isEqualTo(200);
        GhalaProcesses.kill(refresher);
        ghala.await("old", () -> ageMs() > 4000);
        HttpResponse<String> fresh = count(",\"max_age_ms\":1500,\"timeout_ms\":700");
        assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(504);
        assertThat(fresh.body()).contains("orders was not compared with its folder");
        assertThat(count("").statusCode()).as("the last version still answers").isEqualTo(200);
        ghala.start(REFRESHER);
        ghala.await("looked at again", () -> count(",\"max_age_ms\":1000").statusCode() == 200);
    }

    @Test
    void aFileThatWasEditedInPlaceIsReadAnewWhenHttpAsksForIt() throws Exception {
        Files.writeString(ghala.root().resolve("orders/edited.csv"), "id,v\n9,1\n");
        String sum = "{\"sql\":\"SELECT sum(v) FROM orders WHERE id = 9\",\"max_age_ms\":0}";
        ghala.await("read", () -> ghala.post(address, "/sql", "application/json", sum)
                .body()
                .contains(":1}"));
        Files.writeString(ghala.root().resolve("orders/edited.csv"), "id,v\n9,7\n");
        HttpResponse<String> asked =
                ghala.post(address, "/tables/orders/refresh", "application/json", "{\"files\":[\"edited.csv\"]}");
        assertThat(asked.statusCode()).isEqualTo(202);
        assertThat(ghala.post(address, "/sql", "application/json", sum).body()).contains(":7}");
        assertThat(ghala.post(address, "/tables/nosuch/refresh", "application/json", "{}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ghala.post(address, "/tables/orders/refresh", "application/json", "{\"file\":\"x\"}")
                        .body())
                .contains("did you mean files");
    }

    @Test
    void statementsThatTellOfTablesAndQueriesRun() throws Exception {
        assertThat(ghala.rows(address, "DESCRIBE orders", ""))
                .first()
                .asString()
                .startsWith("id,BIGINT");
        assertThat(ghala.rows(address, "DESCRIBE SELECT id + 0.5 AS n FROM orders;", ""))
                .first()
                .asString()
                .startsWith("n,\"DECIMAL(");
        assertThat(ghala.rows(address, "show tables", "")).contains("orders");
        assertThat(ghala.rows(address, "SUMMARIZE orders", "")).anyMatch(row -> row.startsWith("id,BIGINT,1,"));
        assertThat(ghala.rows(address, "EXPLAIN SELECT count(*) FROM orders", ""))
                .isNotEmpty();
        assertThat(ghala.rows(address, "EXPLAIN ANALYZE FROM orders", "")).isNotEmpty();
    }

    @Test
    void valuesOfParametersGoByHttpAndByTheCommandLine() throws Exception {
        String body = "{\"sql\":\"SELECT id, ? AS x FROM orders WHERE v = ?\",\"params\":[\"it's\",10]}";
        assertThat(ghala.post(address, "/sql", "application/json", body).body()).contains("{\"id\":1,\"x\":\"it's\"}");
        assertThat(ghala.post(address, "/sql", "application/json", body.replace(",10]", "]"))
                        .body())
                .contains("the parameter $2 has no value");
        assertThat(ghala.post(address, "/sql", "application/json", "{\"sql\":\"SELECT ?\",\"params\":7}")
                        .statusCode())
                .isEqualTo(400);
        String[] named = {"sql", "SELECT $no + 1.50 AS n, $text AS t", "--param", "no=-2.25", "--param", "text=Zoë"};
        assertThat(ghala.cli("", named).out()).contains("-0.75").contains("Zoë");
    }

    @Test
    void tablesAreCalledWhateverAFolderMayBeCalled() throws Exception {
        List<String> names = List.of("select", "main", "source", "temp", "ghala", "store", "table", "pg_catalog", "x");
        for (String name : names) {
            ghala.file(name + "/a.csv", "id,v\n1," + name + "\n");
        }
        for (String name : names) {
            ghala.await(name, () -> ghala.rows(address, "SELECT v FROM \"" + name + "\"", "")
                    .equals(List.of(name)));
        }
        assertThat(ghala.rows(address, "SELECT count(*) FROM ghala.columns WHERE table_name = 'ghala'", ""))
                .containsExactly("2");
    }

    @Test
    void whatLiesDeeperThanTheSystemAllowsIsListedAndHidesNothing() throws Exception {
        String name = "d".repeat(200);
        Process deep = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "for i in $(seq 25); do mkdir -p " + name + " && cd -P " + name
                                + " || exit 1; done; echo id > a.csv")
                .directory(ghala.root().resolve("orders").toFile())
                .start();
        assertThat(deep.waitFor()).isZero();
        try {
            ghala.file("orders/near.csv", "id,v\n77,1\n");
            ghala.await("the neighbour", () -> ghala.rows(address, "SELECT v FROM orders WHERE id = 77", "")
                    .equals(List.of("1")));
            ghala.await(
                    "it is told", () -> ghala.cli("", "errors", "orders").out().contains("too long"));
        } finally {
            // Deeper than Java can reach.
            new ProcessBuilder("/bin/sh", "-c", "rm -rf " + name)
                    .directory(ghala.root().resolve("orders").toFile())
                    .start()
                    .waitFor();
        }
    }

    @Test
    void csvAnswersAreReadBackWholeByTheFolderAndByDuckDb() throws Exception {
        for (String columns : List.of(
                "(1, 'a,b', 1.5), (2, 'say \\\"hi\\\"', NULL), (3, '', 2), (4, NULL, 3), (5, 'line\\nbreak', 4), (6, ' x ', 5)",
                "('a'), (NULL), (''), ('c'), (NULL)")) {
            int width = columns.startsWith("(1") ? 3 : 1;
            String names = width == 3 ? "id, t, n" : "v";
            String query = "SELECT " + names + " FROM (VALUES " + columns + ") AS x(" + names + ")";
            String answer = ghala.post(
                            address, "/sql", "application/json", "{\"format\":\"csv\",\"sql\":\"" + query + "\"}")
                    .body();
            Path file = Files.writeString(ghala.root().resolveSibling("answer.csv"), answer);
            String table = "back" + width;
            ghala.file(table + "/a.csv", answer);
            String rows = "SELECT count(*) || '|' || string_agg(coalesce("
                    + (width == 3 ? "id || '~' || coalesce(t, 'null') || '~' || coalesce(n::VARCHAR, 'null')" : "v")
                    + ", 'null'), ';') FROM ";
            String expected = width == 3
                    ? "6|1~a,b~1.5;2~say \"hi\"~null;3~~2.0;4~null~3.0;5~line\nbreak~4.0;6~ x ~5.0"
                    : "5|a;null;;c;null";
            String read = "{\"format\":\"json\",\"sql\":\"" + rows + table + "\"}";
            ghala.await(
                    "read back " + width,
                    () -> ghala.post(address, "/sql", "application/json", read).statusCode() == 200);
            JsonNode back = new ObjectMapper()
                    .readTree(ghala.post(address, "/sql", "application/json", read)
                            .body());
            assertThat(back.get(0).elements().next().asText()).isEqualTo(expected);
            try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                    ResultSet result = duckdb.createStatement()
                            .executeQuery(
                                    rows + "read_csv('" + file + "', nullstr = '', allow_quoted_nulls = false)")) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString(1)).as("by DuckDB").isEqualTo(expected);
            }
        }
    }

    @Test
    void aSlipInTheSettingsAndWhatIsNoTableAreListed() throws Exception {
        ghala.file("orders/_table.conf", "csv { delimiter = ");
        ghala.file("flat.csv", "id\n1\n");
        ghala.await(
                "settings", () -> ghala.cli("", "errors", "orders").out().startsWith("settings\t_table.conf\tline 1"));
        ghala.file("orders/b.csv", "id,v\n2,20\n");
        ghala.await("taken all the same", () -> ghala.rows(address, "SELECT count(*) FROM orders", "")
                .equals(List.of("2")));
        ghala.await(
                "unserved", () -> ghala.cli("", "status").out().contains("flat.csv\tno table\ta table is a folder"));
        assertThat(ghala.cli("", "tables").err()).contains("1 of DB_ROOT's files and folders is no table");
        assertThat(ghala.cli("", "refresh", "nosuch").err()).contains("there is no table nosuch");
        assertThat(ghala.cli("", "refresh", "orders", "--all").out()).matches("[0-9]+\n");
    }
}
