package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query-service answers over HTTP to good and to bad requests. */
class SqlOverHttpIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDLESS = "SELECT count(*) FROM range(10000000000000)";

    private static GhalaProcesses ghala;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        ghala = new GhalaProcesses();
        ghala.settings("ghala.query { memory-limit = 300MB, stuck-after = 2s }");
        ghala.file("orders/a.csv", "id,v\n1,10\n2,20\n");
        ghala.file("people/a.csv", "id,name\n1,Ann\n");
        ghala.file(
                "mixed/a.ndjson",
                "{\"id\":1,\"v\":{\"a\":1.10},\"l\":[1,{\"c\":2.50}],\"s\":{\"k\":\"x\"}}\n{\"id\":2,\"v\":\"x\",\"l\":[],\"s\":{\"k\":[1]}}\n");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY);
        address = ghala.ready(QUERY).get(0);
        ghala.await("loaded", () -> ghala.rows(address, "SELECT count(*) FROM orders, people", "")
                .equals(List.of("2")));
    }

    @AfterAll
    static void close() throws Exception {
        ghala.close();
    }

    private static HttpResponse<String> sql(String sql, String more) throws IOException, InterruptedException {
        String body = JSON.createObjectNode().put("sql", sql).toString();
        return ghala.post(address, "/sql", "application/json", body.substring(0, body.length() - 1) + more + "}");
    }

    private static JsonNode problem(HttpResponse<String> response, int status) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode body = JSON.readTree(response.body());
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("detail").asText()).isNotBlank().doesNotContain("\n");
        return body;
    }

    /** What a statement came to is remembered with the columns of its tables. */
    @Test
    void aStatementThatWasAskedBeforeFollowsAColumnToItsNewType() throws Exception {
        String sum = "SELECT sum(v) AS s FROM widening";
        ghala.file("widening/a.csv", "id,v\n1,1\n");
        ghala.await("loaded", () -> sql(sum, "").statusCode() == 200);
        assertThat(sql(sum, "").body()).isEqualToIgnoringWhitespace("[{\"s\":1}]");

        ghala.file("widening/b.csv", "id,v\n2,1.5\n");
        ghala.await("loaded", () -> ghala.rows(address, "SELECT count(*) FROM widening", "")
                .equals(List.of("2")));
        assertThat(sql(sum, "").body()).isEqualToIgnoringWhitespace("[{\"s\":2.5}]");
    }

    /** The first time a statement is prepared, after that it is run at once. */
    @Test
    void theSameStatementIsAnsweredTheSameAgain() throws Exception {
        for (int time = 0; time < 3; time++) {
            assertThat(sql("SELECT name FROM people WHERE id = 1", "").body())
                    .isEqualToIgnoringWhitespace("[{\"name\":\"Ann\"}]");
            assertThat(sql("SELECT sum(id) AS s FROM people WHERE id = 1", "").body())
                    .isEqualToIgnoringWhitespace("[{\"s\":1}]");
            assertThat(sql("SELECT id, id FROM people WHERE id = 1", "").body())
                    .isEqualToIgnoringWhitespace("[{\"id\":1,\"id_1\":1}]");
            assertThat(problem(sql("SELECT CAST(name AS INTEGER) AS n FROM people", ""), 400)
                            .path("detail")
                            .asText())
                    .contains("Could not convert string");
        }
    }

    @Test
    void jsonValuesStandInAnAnswerAsJson() throws Exception {
        ghala.await("loaded", () -> ghala.rows(address, "SELECT count(*) FROM mixed", "")
                .equals(List.of("2")));
        assertThat(sql("SELECT v, l, s FROM mixed ORDER BY id", "").body()).isEqualTo("""
                        [{"v":{"a":1.10},"l":[1,{"c":2.50}],"s":{"k":"x"}},
                        {"v":"x","l":[],"s":{"k":[1]}}]
                        """);
        assertThat(sql("SELECT v FROM mixed ORDER BY id", ",\"format\":\"csv\"").body())
                .isEqualTo("v\r\n\"{\"\"a\"\":1.10}\"\r\n\"\"\"x\"\"\"\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | SELEC 1                                                        | syntax error
            400 | SELECT nope FROM orders                                        | nope
            400 | SELECT 1; SELECT 2                                             | one statement
            404 | SELECT * FROM "../etc"                                         | there is no table
            404 | SELECT * FROM Nope                                             | orders, people
            403 | DROP TABLE orders                                              | only SELECT
            403 | INSERT INTO orders VALUES (1, 1)                               | only SELECT
            403 | COPY orders TO '/tmp/x'                                        | only SELECT
            403 | WITH x AS (COPY orders TO '/tmp/x') SELECT 1                   |
            403 | SELECT * FROM read_csv('/etc/passwd')                          | read_csv
            404 | SELECT * FROM '/etc/passwd'                                    | there is no table
            403 | SELECT content FROM read_text('/etc/passwd')                   | read_text
            403 | SELECT getenv('HTTP_TOKEN')                                    | getenv
            403 | SET memory_limit='10GB'                                        | only SELECT
            400 | SELECT CAST('x' AS INTEGER)                                    | Could not convert
            413 | SELECT count(DISTINCT hash(x)) FROM range(3000000000) t(x)     | memory
            """)
    void aBadStatementIsRefusedByName(int status, String statement, String culprit) throws Exception {
        JsonNode problem = problem(sql(statement, ""), status);
        if (culprit != null) {
            assertThat(problem.path("detail").asText()).contains(culprit);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ,"format":"xml"             | xml
            ,"timeout_ms":"soon"        | timeout_ms
            ,"timeout_ms":0             | timeout_ms
            ,"max_age_ms":-1            | max_age_ms
            ,"max_age":1                | max_age
            ,"after":"x"                | token
            ,"after":5                  | after
            ,"after":{"Or ders":"0123456789abcdef:1-0"}       | Or ders
            ,"after":{"people":"0123456789abcdef:1-0"}        | people
            """)
    void aBadOptionIsRefusedByName(String more, String culprit) throws Exception {
        assertThat(problem(sql("SELECT id FROM orders", more), 400)
                        .path("detail")
                        .asText())
                .contains(culprit);
    }

    @Test
    void aBadRequestIsAProblemToo() throws Exception {
        problem(ghala.post(address, "/sql", "application/json", "{\"sql\":"), 400);
        problem(ghala.post(address, "/sql", "application/json", "{}"), 400);
        problem(ghala.post(address, "/sql", "text/plain", "x".repeat(5 * 1024 * 1024)), 413);
        problem(ghala.post(address, "/nope", "application/json", "x"), 404);
        problem(ghala.get(address, "/tables/no/such"), 404);
        HttpResponse<String> get = ghala.get(address, "/sql");
        problem(get, 405);
        assertThat(get.headers().firstValue("Allow")).contains("POST");
        assertThat(raw("POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json")
                .contains("UTF-8");
        assertThat(raw("GET /sql\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json");
    }

    private static Socket connect() throws IOException {
        URI at = URI.create(address);
        return new Socket(at.getHost(), at.getPort());
    }

    /** Sends bytes as they are; returns what comes back until the connection is closed or half a second passes. */
    private static String raw(String request) throws IOException {
        StringBuilder answer = new StringBuilder();
        try (Socket socket = connect()) {
            socket.setSoTimeout(500);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.append((char) b);
            }
        } catch (java.net.SocketTimeoutException e) {
            return answer.toString();
        }
        return answer.toString();
    }

    @Test
    void aWriteThatIsWrongIsRefusedBeforeItIsQueued() throws Exception {
        ghala.await("open", () -> ghala.redis().client().exists("ghala:{orders}:epoch"));
        for (String body : List.of(
                "[]",
                "{\"id\":\"1\",\"row\":{}}",
                "{\"table\":\"orders\",\"row\":{}}",
                "{\"table\":\"Orders!\",\"id\":\"1\",\"row\":{}}",
                "{\"table\":\"orders\",\"id\":\"\",\"row\":{}}",
                "{\"table\":\"orders\",\"id\":\"1\",\"row\":[]}",
                "{\"table\":\"orders\",\"id\":\"1\",\"row\":{\"a\":1,\"a\":2}}",
                "{\"table\":\"orders\",\"id\":\"1\",\"row\":{\"id\":2}}")) {
            problem(ghala.post(address, "/upsert", "application/json", body), 400);
        }
        assertThat(ghala.redis().client().xlen("ghala:{orders}:intents")).isZero();
    }

    @Test
    void whatBecameOfAWriteIsToldByItsTokenOrItsOpId() throws Exception {
        String token = ghala.upsertWhenOpen("orders", "8", "{\"v\":80}");
        assertThat(ghala.get(address, "/writes/orders?token=" + token).body())
                .startsWith("{\"table\":\"orders\",\"state\":\"")
                .containsPattern("\"state\":\"(queued|applied|visible)\"")
                .contains("\"token\":\"" + token + "\"");
        sql("SELECT v FROM orders", ",\"after\":\"" + token + "\"");
        assertThat(ghala.get(address, "/writes/orders?token=" + token).body()).contains("\"state\":\"visible\"");
        HttpResponse<String> queued = ghala.post(
                address,
                "/upsert",
                "application/json",
                "{\"table\":\"orders\",\"id\":\"8\",\"row\":{\"v\":81},\"op_id\":\"once/8\",\"if_version\":\"absent\"}");
        assertThat(queued.statusCode()).isEqualTo(202);
        ghala.await(
                "dead",
                () -> ghala.get(address, "/writes/orders?op_id=once%2F8").body().contains("\"state\":\"dead\""));
        assertThat(ghala.get(address, "/writes/orders?op_id=once%2F8").body()).contains("\"reason\":\"");
        assertThat(ghala.get(address, "/writes/orders?op_id=never").body()).contains("\"state\":\"unknown\"");
        problem(ghala.get(address, "/writes/orders"), 400);
        problem(ghala.get(address, "/writes/orders?token=x"), 400);
        problem(ghala.get(address, "/writes/No!?op_id=x"), 400);
        problem(ghala.post(address, "/writes/orders", "application/json", "{}"), 405);
    }

    @Test
    void everyAnswerTellsVersionAndAgeAndOneTokenPerTableIsAwaited() throws Exception {
        String order = ghala.upsertWhenOpen("orders", "7", "{\"v\":70}");
        String person = ghala.upsertWhenOpen("people", "7", "{\"name\":\"Bo\"}");
        HttpResponse<String> response = sql(
                "SELECT name, v FROM orders JOIN people USING (id) WHERE id = 7",
                ",\"after\":{\"orders\":\"" + order + "\",\"people\":\"" + person + "\"}");
        assertThat(response.body()).isEqualTo("[{\"name\":\"Bo\",\"v\":70}]\n");
        assertThat(response.headers().allValues("Ghala-Version"))
                .singleElement()
                .matches(versions -> versions.matches("orders=\\d+, people=\\d+"));
        assertThat(response.headers().allValues("Ghala-Age-Ms"))
                .singleElement()
                .matches(ages -> ages.matches("orders=\\d+, people=\\d+"));
        assertThat(problem(
                                sql(
                                        "SELECT name, v FROM orders JOIN people USING (id)",
                                        ",\"after\":\"" + order + "\""),
                                400)
                        .path("detail")
                        .asText())
                .contains("orders, people")
                .contains("TABLE=TOKEN");
    }

    @Test
    void anAnswerMayBeAskedToBeFreshAndWaitsForAConfirmation() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = sql("SELECT count(*) FROM orders", ",\"max_age_ms\":0");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            String age = response.headers().firstValue("Ghala-Age-Ms").orElseThrow();
            assertThat(Long.parseLong(age.substring("orders=".length()))).isLessThan(1000);
        }
        ghala.redis().pause(Duration.ofSeconds(3));
        assertThat(problem(sql("SELECT count(*) FROM orders", ",\"max_age_ms\":0,\"timeout_ms\":500"), 504)
                        .path("detail")
                        .asText())
                .contains("orders was not compared with its folder")
                .contains("max_age_ms=0");
        assertThat(sql("SELECT count(*) FROM orders", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aStatementWhoseClientLeavesIsStopped() throws Exception {
        String body = "{\"sql\":\"" + ENDLESS + "\",\"timeout_ms\":600000}";
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            ("POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            ghala.await("running", () -> running() > 0);
        }
        ghala.await("stopped", () -> running() == 0);
        assertThat(ghala.log(QUERY)).contains("status=cancelled");
    }

    private static int running() throws Exception {
        String gauge = ghala.get(address, "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("ghala_query_running "))
                .findFirst()
                .orElse("x 0");
        return (int) Double.parseDouble(gauge.substring(gauge.indexOf(" ") + 1));
    }

    @Test
    void timeIsBoundedBetweenRowsAndForAReaderThatDoesNotRead() throws Exception {
        assertThat(problem(sql(ENDLESS, ",\"timeout_ms\":300"), 504)
                        .path("detail")
                        .asText())
                .contains("300 ms");
        // Some rows, then nothing for very long: only a broken connection can tell.
        assertThatThrownBy(() -> sql(
                        "SELECT x FROM range(1000000000000) t(x) WHERE x < 3000000 OR x % 4000000007 = 0",
                        ",\"timeout_ms\":1500"))
                .isInstanceOf(IOException.class);
        ghala.await("stopped", () -> running() == 0);
        String body = "{\"sql\":\"SELECT repeat('x', 1000) FROM range(9000000)\",\"timeout_ms\":1000}";
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(
                            ("POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                            + body.length() + "\r\n\r\n" + body)
                                    .getBytes(StandardCharsets.UTF_8));
            ghala.await("running", () -> running() > 0);
            ghala.await("stopped although nobody reads", () -> running() == 0);
        }
        assertThat(ghala.get(address, "/readyz").statusCode()).isEqualTo(200);
    }
}
