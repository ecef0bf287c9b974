package io.ghala.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig.HttpLimits;
import io.ghala.config.GhalaConfig.HttpSettings;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Clients that send little, or nothing, hold up no other and are gone after a while. */
class SlowClientsTest {
    private static final String ANSWERED = "HTTP/1.1 200 ";
    private static final String POST = "POST /upsert HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    private static WebServer server(int connections, Duration header, Duration body) {
        HttpSettings given = ConfigLoader.of(Map.of("HTTP_PORT", "0")).load(0).http();
        return new WebServer(new HttpSettings(
                given.bind(),
                given.port(),
                given.token(),
                given.hosts(),
                given.origins(),
                new HttpLimits(connections, header, body, Duration.ofSeconds(30))));
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static Duration asked(WebServer server) throws IOException {
        long start = System.nanoTime();
        assertThat(server.ask("POST /upsert HTTP/1.1\nHost: localhost\nContent-Type: application/json", "{}"))
                .startsWith(ANSWERED);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void twoThousandConnectionsThatSendNothingOrSingleBytesHoldNoThreadAndNobodyUp() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (WebServer server = server(4096, Duration.ofSeconds(5), Duration.ofSeconds(5))) {
            asked(server);
            int threads = Thread.activeCount();
            for (int i = 0; i < 2000; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                switch (i % 4) {
                    case 0 -> {}
                    case 1 -> WebServer.send(socket, "G");
                    case 2 -> WebServer.send(socket, POST + "Content-Length: 100000\r\n\r\n{");
                    default -> WebServer.send(socket, POST + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
                }
            }
            for (int i = 0; i < 20; i++) {
                assertThat(asked(server)).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(Thread.activeCount()).isLessThan(threads + 70);
            for (Socket socket : sockets) {
                socket.setSoTimeout(1);
            }
            Awaitility.await("all are closed").atMost(Duration.ofSeconds(60)).until(() -> sockets.stream()
                    .allMatch(SlowClientsTest::isOver));
            asked(server);
        } finally {
            closeAll(sockets);
        }
    }

    @Test
    void memoryAndThreadsAreAsBeforeWhenManySlowClientsHaveGone() throws Exception {
        try (WebServer server = server(4096, Duration.ofMillis(500), Duration.ofMillis(500))) {
            round(server);
            long bytes = usedBytes();
            int threads = Thread.activeCount();
            for (int i = 0; i < 2; i++) {
                round(server);
            }
            assertThat(usedBytes() - bytes).isLessThan(8L << 20);
            assertThat(Thread.activeCount()).isLessThan(threads + 20);
        }
    }

    /** Some hundred clients that begin and do not end, until all of them are closed. */
    private static void round(WebServer server) throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = server.connect();
                sockets.add(socket);
                WebServer.send(
                        socket,
                        i % 2 == 0 ? "GET / HT" : POST + "Content-Length: 100000\r\n\r\n{\"" + "x".repeat(4096));
                socket.setSoTimeout(1);
            }
            Awaitility.await("all are closed").atMost(Duration.ofSeconds(60)).until(() -> sockets.stream()
                    .allMatch(SlowClientsTest::isOver));
        } finally {
            closeAll(sockets);
        }
        asked(server);
    }

    /** On the heap and in direct buffers, once garbage is collected. */
    private static long usedBytes() {
        ManagementFactory.getMemoryMXBean().gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }

    private static boolean isOver(Socket socket) {
        try {
            return WebServer.isClosed(socket, 1);
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void aHeadThatComesByteByByteIsNotWaitedForLongerThanTheLimit() throws Exception {
        try (WebServer server = server(4096, Duration.ofMillis(500), Duration.ofSeconds(30));
                Socket socket = server.connect()) {
            long start = System.nanoTime();
            Awaitility.await("closed").atMost(Duration.ofSeconds(20)).until(() -> {
                try {
                    WebServer.send(socket, "G");
                } catch (IOException e) {
                    return true;
                }
                return WebServer.isClosed(socket, 20);
            });
            assertThat(System.nanoTime() - start)
                    .isGreaterThan(Duration.ofMillis(400).toNanos());
        }
    }

    @Test
    void aBodyThatDoesNotEndIsRefusedAfterItsTime() throws Exception {
        try (WebServer server = server(4096, Duration.ofSeconds(30), Duration.ofMillis(500));
                Socket socket = server.connect()) {
            WebServer.send(socket, POST + "Content-Length: 10\r\n\r\n{");
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("application/problem+json")
                    .contains("500 ms");
            assertThat(server.came).isEmpty();
        }
    }

    @Test
    void aConnectionThatAsksAgainAndAgainStaysOpen() throws Exception {
        try (WebServer server = server(4096, Duration.ofMillis(800), Duration.ofSeconds(30));
                Socket socket = server.connect()) {
            long until = System.nanoTime() + Duration.ofMillis(1600).toNanos();
            while (System.nanoTime() < until) {
                WebServer.send(socket, "GET /tables HTTP/1.1\r\nHost: localhost\r\n\r\n");
                byte[] answer = new byte[4096];
                assertThat(socket.getInputStream().read(answer)).isPositive();
                assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith(ANSWERED);
            }
        }
    }

    @Test
    void beyondTheMostConnectionsTheIdlestMakesRoom() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (WebServer server = server(8, Duration.ofSeconds(60), Duration.ofSeconds(60))) {
            for (int i = 0; i < 30; i++) {
                sockets.add(server.connect());
                asked(server);
            }
            assertThat(WebServer.isClosed(sockets.get(0), 5000)).isTrue();
        } finally {
            closeAll(sockets);
        }
    }
}
