package io.ghala.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig.HttpSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins can do through somebody's browser; the headers are those that Chromium sends. */
class WebPagesTest {
    private static final String ROW = "{\"table\":\"orders\",\"id\":\"1\",\"row\":{}}";

    private static final String CHROMIUM = """
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
            sec-ch-ua: "Chromium";v="142", "Not_A Brand";v="99"
            sec-ch-ua-mobile: ?0
            sec-ch-ua-platform: "Linux"
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: en-GB,en;q=0.9
            """;

    private WebServer server;

    @BeforeEach
    void open() {
        server = new WebServer(settings(Map.of("HTTP_ORIGINS", "https://app.example, http://localhost:3000")));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private static HttpSettings settings(Map<String, String> names) {
        return ConfigLoader.of(names).load(0).http();
    }

    private void refused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 403 ")
                .contains("application/problem+json")
                .contains("Ghala-Request-Id: ")
                .contains("Vary: Origin")
                .doesNotContain("Access-Control-");
        assertThat(server.came).isEmpty();
    }

    /** {@code fetch(url, {method: 'POST', mode: 'no-cors', body})} of a page at http://evil.example. */
    @ParameterizedTest
    @ValueSource(strings = {"/upsert", "/delete", "/sql", "/tables", "/what/comes/later", "/healthz", "/metrics"})
    void aPageThatPostsWithoutAskingIsRefusedOnEveryRoute(String path) throws IOException {
        refused(server.ask("POST " + path + " HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Content-Type: text/plain;charset=UTF-8
                Accept: */*
                Origin: http://evil.example
                Sec-Fetch-Site: cross-site
                Sec-Fetch-Mode: no-cors
                Sec-Fetch-Dest: empty
                Referer: http://evil.example/
                """, ROW));
    }

    /** Of a sandboxed frame, a file or a data: page. */
    @Test
    void aPageWithoutAnOriginIsRefused() throws IOException {
        refused(server.ask("POST /upsert HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Content-Type: text/plain;charset=UTF-8
                Accept: */*
                Origin: null
                Sec-Fetch-Site: cross-site
                Sec-Fetch-Mode: no-cors
                Sec-Fetch-Dest: empty
                """, ROW));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"})
    void aFormThatAPagePostsIsRefused(String encoding) throws IOException {
        refused(server.ask(
                "POST /sql HTTP/1.1\nHost: localhost:PORT\n" + CHROMIUM + """
                Cache-Control: max-age=0
                Origin: http://evil.example
                Content-Type: TYPE
                Upgrade-Insecure-Requests: 1
                Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
                Sec-Fetch-Site: cross-site
                Sec-Fetch-Mode: navigate
                Sec-Fetch-User: ?1
                Sec-Fetch-Dest: document
                Referer: http://evil.example/
                """.replace("TYPE", encoding), "SELECT=1"));
    }

    /** A link, an image and a script send no Origin. */
    @ParameterizedTest
    @CsvSource({"navigate,document", "no-cors,image", "no-cors,script", "navigate,iframe"})
    void whatAPageLinksOrEmbedsIsRefused(String mode, String destination) throws IOException {
        refused(server.ask(
                "GET /tables HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Accept: */*
                Sec-Fetch-Site: cross-site
                Referer: http://evil.example/
                """ + "Sec-Fetch-Mode: " + mode
                        + "\nSec-Fetch-Dest: " + destination,
                ""));
    }

    /** Another port of this machine is the same site, and another origin. */
    @Test
    void aPageOfAnotherPortOfThisMachineIsRefused() throws IOException {
        refused(server.ask("POST /upsert HTTP/1.1\nHost: localhost:PORT\n" + CHROMIUM + """
                Content-Type: text/plain;charset=UTF-8
                Accept: */*
                Origin: http://localhost:5173
                Sec-Fetch-Site: same-site
                Sec-Fetch-Mode: no-cors
                Sec-Fetch-Dest: empty
                """, ROW));
        refused(server.ask("GET /tables HTTP/1.1\nHost: localhost:PORT\n" + CHROMIUM + """
                Sec-Fetch-Site: same-site
                Sec-Fetch-Mode: no-cors
                Sec-Fetch-Dest: image
                """, ""));
    }

    /** The page's own name leads to this machine by now: to the browser it is one origin. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:PORT",
                "evil.example",
                "127.0.0.1.evil.example:PORT",
                "localhost.evil.example:PORT",
                "192.0.2.1:PORT",
                "127.0.0.1:1",
                "localhost:PORT@evil.example",
                "[::1]:PORT:1",
                ""
            })
    void aNameThatIsNotOursIsRefused(String host) throws IOException {
        String answer = server.ask("POST /upsert HTTP/1.1\nHost: " + host + "\n" + CHROMIUM + """
                Content-Type: application/json
                Accept: */*
                Origin: http://evil.example:PORT
                Sec-Fetch-Site: same-origin
                Sec-Fetch-Mode: cors
                Sec-Fetch-Dest: empty
                """, ROW);
        assertThat(answer).matches("(?s)HTTP/1.1 40[03] .*application/problem.json.*");
        assertThat(server.came).isEmpty();
        String read = server.ask("GET /tables HTTP/1.1\nHost: " + host + "\nSec-Fetch-Site: same-origin", "");
        assertThat(read).matches("(?s)HTTP/1.1 40[03] .*application/problem.json.*");
        assertThat(server.came).isEmpty();
    }

    @Test
    void aTargetThatNamesAnotherHostIsRefused() throws IOException {
        assertThat(server.ask("GET http://evil.example/tables HTTP/1.1\nHost: 127.0.0.1:PORT", ""))
                .matches("(?s)HTTP/1.1 40[03] .*");
        assertThat(server.ask("GET /tables HTTP/1.1\nHost: 127.0.0.1:PORT\nHost: evil.example", ""))
                .matches("(?s)HTTP/1.1 40[03] .*");
        assertThat(server.came).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:PORT", "localhost:PORT", "LOCALHOST:PORT", "[::1]:PORT", "localhost"})
    void programsAskByAnyNameOfThisMachine(String host) throws IOException {
        assertThat(server.ask(
                        "POST /upsert HTTP/1.1\nHost: " + host
                                + "\nUser-Agent: curl/8.5.0\nContent-Type: application/json",
                        ROW))
                .startsWith("HTTP/1.1 200 ");
        assertThat(server.came).containsExactly("POST /upsert " + ROW);
    }

    /** As load balancers probe. */
    @Test
    void aProbeOfHttp10NeedsNoName() throws IOException {
        assertThat(server.ask("GET /healthz HTTP/1.0", "")).contains(" 200 ").endsWith("ok\n");
    }

    /** A person types the address. */
    @Test
    void anAddressThatWasTypedIsAnswered() throws IOException {
        assertThat(server.ask("GET /tables HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Sec-Fetch-Site: none
                Sec-Fetch-Mode: navigate
                Sec-Fetch-User: ?1
                Sec-Fetch-Dest: document
                """, ""))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void namesOfOthersAreAnsweredWhereTheyAreListed() throws Exception {
        try (WebServer named =
                new WebServer(settings(Map.of("HTTP_HOSTS", "ghala.internal, proxy:8443", "HTTP_PORT", "0")))) {
            assertThat(named.ask("GET /tables HTTP/1.1\nHost: Ghala.Internal:99", ""))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(named.ask("GET /tables HTTP/1.1\nHost: proxy:8443", "")).startsWith("HTTP/1.1 200 ");
            assertThat(named.ask("GET /tables HTTP/1.1\nHost: proxy:8444", "")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void anyAddressIsAnsweredWhereAllAreListenedOnButNoForeignName() throws Exception {
        try (WebServer all =
                new WebServer(settings(Map.of("HTTP_BIND", "0.0.0.0", "HTTP_TOKEN", "t", "HTTP_PORT", "0")))) {
            assertThat(all.ask("GET /tables HTTP/1.1\nHost: 192.0.2.7:32801", ""))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(all.ask("GET /tables HTTP/1.1\nHost: localhost:32801", ""))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(all.ask("GET /tables HTTP/1.1\nHost: evil.example", "")).startsWith("HTTP/1.1 403 ");
        }
    }

    /** {@code fetch(url, {method: 'POST', headers: {'content-type': 'application/json', authorization}, body})}. */
    @Test
    void aPageOfAListedOriginAsksAndThenReads() throws IOException {
        String asked = server.ask("OPTIONS /upsert HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Accept: */*
                Access-Control-Request-Method: POST
                Access-Control-Request-Headers: authorization,content-type
                Access-Control-Request-Private-Network: true
                Origin: https://app.example
                Sec-Fetch-Mode: cors
                Sec-Fetch-Site: cross-site
                Sec-Fetch-Dest: empty
                Referer: https://app.example/
                """, "");
        assertThat(asked)
                .startsWith("HTTP/1.1 204 ")
                .contains("Access-Control-Allow-Origin: https://app.example\r\n")
                .contains("Access-Control-Allow-Methods: GET, POST\r\n")
                .containsPattern("Access-Control-Allow-Headers: .*Authorization, Content-Type")
                .contains("Access-Control-Allow-Private-Network: true\r\n")
                .contains("Vary: Origin\r\n")
                .doesNotContain("Allow-Credentials");
        assertThat(server.came).isEmpty();

        String written = server.ask("POST /upsert HTTP/1.1\nHost: 127.0.0.1:PORT\n" + CHROMIUM + """
                Content-Type: application/json
                Accept: */*
                Origin: https://app.example
                Sec-Fetch-Site: cross-site
                Sec-Fetch-Mode: cors
                Sec-Fetch-Dest: empty
                """, ROW);
        assertThat(written)
                .startsWith("HTTP/1.1 200 ")
                .contains("Access-Control-Allow-Origin: https://app.example\r\n")
                .containsPattern("Access-Control-Expose-Headers: .*Ghala-Version, Ghala-Age-Ms.*Ghala-Request-Id")
                .contains("Vary: Origin\r\n");
        assertThat(server.came).containsExactly("POST /upsert " + ROW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "http://app.example",
                "https://app.example:444",
                "https://app.example.evil.example",
                "null",
                "https://app.example, http://evil.example"
            })
    void aPageOfAnotherOriginIsToldNothingWhenItAsks(String origin) throws IOException {
        refused(server.ask(
                "OPTIONS /upsert HTTP/1.1\nHost: 127.0.0.1:PORT\nAccess-Control-Request-Method: POST\n"
                        + "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: cors\nOrigin: " + origin,
                ""));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "none", textBlock = """
            /upsert, none,                              415
            /upsert, text/plain,                        415
            /upsert, application/x-www-form-urlencoded, 415
            /upsert, application/jsonp,                 415
            /later,  text/plain,                        415
            /upsert, application/json;charset=utf-8,    200
            /upsert, application/x-ndjson,              200
            /sql,    none,                              200
            /sql,    text/plain,                        200
            /sql,    application/x-www-form-urlencoded, 200
            /sql,    multipart/form-data,               415
            """)
    void bodiesAreOfTheTypesThatARouteTakes(String path, String type, int status) throws IOException {
        String answer = server.ask(
                "POST " + path + " HTTP/1.1\nHost: 127.0.0.1:PORT" + (type == null ? "" : "\nContent-Type: " + type),
                "SELECT 1");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
        if (status == 415) {
            assertThat(answer)
                    .contains("Accept: application/json, application/x-ndjson")
                    .contains("Content-Type: application/json for one object");
        }
    }

    @Test
    void theIdOfAClientIsKeptWhereItIsOne() throws IOException {
        String head = "GET /tables HTTP/1.1\nHost: 127.0.0.1:PORT\nX-Request-Id: ";
        assertThat(server.ask(head + "job-7:3", "")).contains("Ghala-Request-Id: job-7:3\r\n");
        assertThat(server.ask(head + "a b", "")).containsPattern("Ghala-Request-Id: [0-9a-f]{16}\r\n");
        assertThat(server.ask(head + "x".repeat(65), "")).containsPattern("Ghala-Request-Id: [0-9a-f]{16}\r\n");
        assertThat(server.ask("GET /\u0001 HTTP/1.1\nHost: 127.0.0.1:PORT", ""))
                .startsWith("HTTP/1.1 400")
                .containsPattern("Ghala-Request-Id: [0-9a-f]{16}\r\n");
    }
}
