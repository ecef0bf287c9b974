package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between a query-service and its HTTP clients, and what they are told of it. */
class HttpEdgesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 110;
    /** Some rows, then nothing for very long. */
    private static final String BREAKS_OFF =
            "SELECT x FROM range(1000000000000) t(x) WHERE x < 3000000 OR x % 4000000007 = 0";

    private static GhalaProcesses ghala;
    private static String address;

    @BeforeAll
    static void open() throws Exception {
        ghala = new GhalaProcesses();
        ghala.settings(
                "ghala { query.concurrency = 2, http { write-timeout = 3s, origins = \"https://app.example\" } }");
        ghala.file("orders/a.csv", "id,v\n1,10\n");
        for (int i = 0; i < MANY; i++) {
            ghala.file("t%03d/a.csv".formatted(i), "id\n1\n");
        }
        ghala.startAndAwait(REFRESHER, WORKER, QUERY);
        address = ghala.ready(QUERY).get(0);
        ghala.await(
                "loaded",
                () -> JSON.readTree(ghala.get(address, "/tables").body()).size() == MANY + 1);
        ghala.await("open", () -> ghala.redis().client().exists("ghala:{orders}:epoch"));
    }

    @AfterAll
    static void close() throws Exception {
        ghala.close();
    }

    private static HttpResponse<String> write(String body) throws Exception {
        return ghala.post(address, "/upsert", "application/json", body);
    }

    private static String sql(String sql, String more) {
        String body = JSON.createObjectNode().put("sql", sql).toString();
        return body.substring(0, body.length() - 1) + more + "}";
    }

    private static Socket connect() throws IOException {
        URI at = URI.create(address);
        return new Socket(InetAddress.getLoopbackAddress(), at.getPort());
    }

    private static void send(Socket socket, String path, String headers, String body) throws IOException {
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                                + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** A page may post what it likes: no row comes of it. */
    @Test
    void aPageThatPostsThroughABrowserWritesNothing() throws Exception {
        long before = ghala.redis().client().xlen("ghala:{orders}:intents");
        String body = "{\"table\":\"orders\",\"id\":\"evil\",\"row\":{\"v\":1}}";
        for (String path : List.of("/upsert", "/delete", "/sql")) {
            try (Socket socket = connect()) {
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                                        + URI.create(address).getPort()
                                        + "\r\nConnection: close\r\nContent-Type: text/plain;charset=UTF-8\r\nAccept: */*\r\n"
                                        + "Origin: http://evil.example\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"
                                        + "Sec-Fetch-Dest: empty\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                        + body)
                                .getBytes(StandardCharsets.UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 403 ");
            }
        }
        assertThat(ghala.redis().client().xlen("ghala:{orders}:intents")).isEqualTo(before);
    }

    /** As through the command line and in a file, whose text is the same. */
    @Test
    void aRowIsTheTextThatCame() throws Exception {
        String row =
                "{\"a\":1e0, \"b\":1e3,\"c\":1.10e1,\"d\":-0.0,\n\"e\":[1.50,{\"f\":\"\\u00e4/\\/\"}] ,\"v\" : 1.0}";
        String line = row.replace("\n", " ");
        assertThat(write("{\"table\":\"raw\",\"id\":\"1\",\"row\":{}}").statusCode())
                .isEqualTo(404);
        ghala.file("raw/a.csv", "id\n0\n");
        ghala.await("open", () -> ghala.redis().client().exists("ghala:{raw}:epoch"));
        ghala.upsert("raw", "1", row);
        HttpResponse<String> batch = ghala.post(
                address,
                "/upsert",
                "application/x-ndjson",
                "{\"row\":" + line + ",\"table\":\"raw\",\"id\":2}\n{\"table\":\"raw\",\"row\" : " + line
                        + " ,\"id\":\"3\"}\n");
        assertThat(batch.body().lines()).allMatch(answer -> answer.contains("\"token\""));
        assertThat(ghala.cli("", "upsert", "raw", "4", row).code()).isZero();
        ghala.await("applied", () -> ghala.rows("SELECT count(*) FROM raw").equals(List.of("5")));
        List<String> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(ghala.root().resolve("raw"))) {
            for (Path file : walk.filter(java.nio.file.Files::isRegularFile).toList()) {
                files.add(Files.readString(file));
            }
        }
        String all = String.join("\n", files).replace("\n", " ");
        assertThat(all.split(Pattern.quote(line), -1)).as(all).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /upsert | {"table":"orders","id":"1","row":{},"if-version":"absent"} | if_version
            /upsert | {"table":"orders","id":"1","row":{},"opid":"x"}            | op_id
            /upsert | {"table":"orders","ID":"1","row":{}}                       | id
            /delete | {"table":"orders","id":"1","row":{}}                       | op_id
            /sql    | {"sql":"SELECT 1","max_age":5}                             | max_age_ms
            /sql    | {"sql":"SELECT 1","Format":"csv"}                          | format
            """)
    void aMisspeltFieldIsRefusedWithTheOneThatWasMeant(String path, String body, String meant) throws Exception {
        HttpResponse<String> answer = ghala.post(address, path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("detail").asText())
                .contains("there is no field")
                .contains(path.equals("/delete") ? "did you mean" : "did you mean " + meant + "?");
    }

    @Test
    void aQueryParameterThatIsNotThereIsRefused() throws Exception {
        for (String path :
                List.of("/tables?x=1", "/tables/orders?schema", "/writes/orders?opid=1", "/requests/x?a=b")) {
            HttpResponse<String> answer = ghala.get(address, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("there is no query parameter");
        }
        assertThat(ghala.get(address, "/writes/orders?opid=1").body()).contains("did you mean op_id?");
        assertThat(ghala.post(address, "/sql?format=csv", "text/plain", "SELECT 1")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /upsert | {"table":"orders","id":"1","row":{}} {}        | one a line as application/x-ndjson
            /upsert | {"table":"orders","id":"1","row":{"a":NaN}}    | NaN is no number of JSON
            /upsert | {"table":"orders","id":"1","row":{"a":01}}     | begins with 0
            /upsert | {"table":"orders","id":"1","row":{"a":'x'}}    | double quotes
            /upsert | {"table":"orders","id":"1","id":"2","row":{}}  | twice
            /upsert | {"table":"orders",                             | ends in the middle
            /sql    | {"sql":"SELECT 1"} x                           | 'x' is no value
            /sql    | {"sql":"DROP TABLE orders"}                    | only SELECT is allowed here, not DROP
            /sql    | {"sql":"EXPLAIN DROP TABLE orders"}            | only SELECT is allowed here, not EXPLAIN
            """)
    void messagesTellTheMistakeAndSpeakOfNoLibrary(String path, String body, String mistake) throws Exception {
        String detail = JSON.readTree(
                        ghala.post(address, path, "application/json", body).body())
                .path("detail")
                .asText();
        assertThat(detail)
                .contains(mistake)
                .doesNotContainIgnoringCase("java")
                .doesNotContain("Feature")
                .doesNotContain("FAIL_ON")
                .doesNotContain("fasterxml")
                .doesNotContain("serialize")
                .doesNotContain("(code ");
    }

    @Test
    void deeplyNestedBodiesAndStatementsAreToldSo() throws Exception {
        String deep = "[".repeat(2000) + "]".repeat(2000);
        assertThat(ghala.post(address, "/sql", "application/json", "{\"sql\":" + deep + "}")
                        .body())
                .contains("\"status\":400")
                .contains("nested too deep")
                .doesNotContain("Constraints");
        assertThat(write("{\"table\":\"orders\",\"id\":\"1\",\"row\":{\"a\":" + deep + "}}")
                        .body())
                .contains("\"status\":400")
                .doesNotContain("Constraints");
        HttpResponse<String> statement =
                ghala.post(address, "/sql", "text/plain", "SELECT " + "(1+".repeat(700) + "1" + ")".repeat(700));
        assertThat(statement.body()).doesNotContain("Constraints");
    }

    @Test
    void aWriteToATableThatIsNotThereIsNotFound() throws Exception {
        HttpResponse<String> answer = write("{\"table\":\"nowhere\",\"id\":\"1\",\"row\":{}}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("there is no table nowhere").contains("DB_ROOT");
    }

    @Test
    void aStatementOverManyTablesTellsTheirVersionsInOneHeader() throws Exception {
        String from = IntStream.range(0, MANY)
                .mapToObj(i -> "SELECT id FROM t%03d".formatted(i))
                .collect(Collectors.joining(" UNION ALL "));
        HttpResponse<String> answer =
                ghala.post(address, "/sql", "application/json", sql("SELECT count(*) AS n FROM (" + from + ")", ""));
        assertThat(answer.body()).isEqualTo("[{\"n\":" + MANY + "}]\n");
        assertThat(answer.headers().map().size()).isLessThan(20);
        for (String name : List.of("Ghala-Version", "Ghala-Age-Ms")) {
            assertThat(answer.headers().allValues(name)).hasSize(1);
            String[] tables = answer.headers().firstValue(name).orElseThrow().split(", ");
            assertThat(tables).hasSize(MANY);
            assertThat(tables[0]).matches("t000=\\d+");
            assertThat(tables[MANY - 1]).matches("t109=\\d+");
        }
    }

    @Test
    void anAnswerThatBreaksOffTellsWhyInATrailerInTheLogAndByItsId() throws Exception {
        try (Socket socket = connect()) {
            send(
                    socket,
                    "/sql",
                    "X-Request-Id: breaks-1\r\nTE: trailers\r\nConnection: TE\r\n",
                    sql(BREAKS_OFF, ",\"timeout_ms\":1500,\"format\":\"ndjson\""));
            Answer answer = Answer.read(socket.getInputStream());
            assertThat(answer.head())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Ghala-Request-Id: breaks-1\r\n")
                    .contains("Trailer: Ghala-Problem\r\n");
            assertThat(answer.bodyBytes()).isGreaterThan(1_000_000);
            assertThat(answer.trailer())
                    .startsWith("Ghala-Problem: {\"status\":504,\"detail\":\"")
                    .contains("1500 ms");
        }
        assertThat(ghala.log(QUERY)).containsPattern("answer broken off request=breaks-1 status=504");
        JsonNode became = JSON.readTree(ghala.get(address, "/requests/breaks-1").body());
        assertThat(became.path("state").asText()).isEqualTo("broken off");
        assertThat(became.path("status").asInt()).isEqualTo(504);
        assertThat(became.path("reason").asText()).contains("1500 ms");
        assertThat(became.path("what").asText()).isEqualTo("POST /sql");
    }

    /** To a client that reads no trailers, an answer that ends in order would look complete. */
    @Test
    void anAnswerThatBreaksOffLooksCompleteToNobody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/sql"))
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "breaks-2")
                .POST(HttpRequest.BodyPublishers.ofString(sql(BREAKS_OFF, ",\"timeout_ms\":1500,\"format\":\"csv\"")))
                .build();
        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(ghala.get(address, "/requests/breaks-2").body())
                .contains("\"state\":\"broken off\"")
                .contains("1500 ms");
    }

    @Test
    void everyAnswerHasAnIdByWhichItIsKnown() throws Exception {
        HttpResponse<String> good = ghala.post(address, "/sql", "text/plain", "SELECT 1");
        String id = good.headers().firstValue("Ghala-Request-Id").orElseThrow();
        assertThat(ghala.get(address, "/requests/" + id).body())
                .contains("\"state\":\"answered\"")
                .contains("\"status\":200");
        assertThat(ghala.log(QUERY)).containsPattern("answered statement=.* request=" + id);
        HttpResponse<String> bad = ghala.post(address, "/sql", "text/plain", "SELEC 1");
        id = bad.headers().firstValue("Ghala-Request-Id").orElseThrow();
        assertThat(ghala.get(address, "/requests/" + id).body())
                .contains("\"state\":\"refused\"")
                .contains("syntax error");
        assertThat(ghala.get(address, "/requests/never").statusCode()).isEqualTo(404);
        assertThat(ghala.get(address, "/requests/a%20b").statusCode()).isEqualTo(400);
    }

    /** Both places are taken by clients that do not read, and others ask all the same. */
    @Test
    void answersThatNobodyReadsHoldNoOtherUpAndAreBrokenOff() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Socket socket = connect();
                sockets.add(socket);
                send(
                        socket,
                        "/sql",
                        "X-Request-Id: unread-" + i + "\r\n",
                        sql("SELECT repeat('x', 1000) FROM range(900000)", ",\"timeout_ms\":600000"));
            }
            ghala.await("all run", () -> ghala.get(address, "/metrics")
                    .body()
                    .lines()
                    .anyMatch(line -> line.matches("ghala_query_running (8|9|10)\\.0")));
            long start = System.nanoTime();
            assertThat(ghala.rows(address, "SELECT 42", "")).isEqualTo(List.of("42"));
            assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(2_000);
            ghala.await("broken off", () -> ghala.get(address, "/requests/unread-9")
                    .body()
                    .contains("took nothing of its answer for 3000 ms"));
            ghala.await("none runs", () -> ghala.get(address, "/metrics")
                    .body()
                    .lines()
                    .anyMatch(line -> line.equals("ghala_query_running 0.0")));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** A chunked answer as it stands on the wire. */
    private record Answer(String head, long bodyBytes, String trailer) {
        static Answer read(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                head.append(line).append("\r\n");
            }
            assertThat(head.toString().toLowerCase(Locale.ROOT)).contains("transfer-encoding: chunked");
            long bytes = 0;
            for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                in.readNBytes(size);
                bytes += size;
                assertThat(line(in)).isEmpty();
            }
            String trailer = line(in);
            assertThat(trailer.isEmpty() ? "" : line(in)).isEmpty();
            return new Answer(head.toString(), bytes, trailer);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new IOException("the answer ends in the middle");
                }
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }
    }
}
