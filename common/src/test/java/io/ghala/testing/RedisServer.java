package io.ghala.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server for a test, in a folder of its own, on a free port of the loopback address. */
public final class RedisServer implements AutoCloseable {
    /** Below the ports that the system gives to connections, so that none takes the server's while it is down. */
    private static final int FIRST_PORT = 10_000;

    private static final int LAST_PORT = 32_000;

    private final Path folder;
    private final int port;
    private final List<String> options;
    private Process process;
    private final RedisClient client;

    private RedisServer(List<String> options) throws IOException {
        this.folder = Files.createTempDirectory("ghala-redis-");
        this.options = options;
        this.port = freePort();
        this.client = RedisClient.create("127.0.0.1", port);
        this.process = launch();
    }

    private static int freePort() throws IOException {
        IOException taken = new IOException("no free port");
        for (int attempt = 0; attempt < 100; attempt++) {
            int candidate = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    /** Starts a server; {@code options} are command-line options such as {@code --maxmemory 10mb}. */
    public static RedisServer start(String... options) {
        try {
            return new RedisServer(List.of(options));
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server does not start", e);
        }
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().getAbsolutePath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                ""));
        command.addAll(options);
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> client.info("server").contains("process_id:" + started.pid() + "\r\n"));
        return started;
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    /** A client of the test's own. */
    public RedisClient client() {
        return client;
    }

    /** Process id of the running server. */
    public long pid() {
        return process.pid();
    }

    /** Lets the server answer nobody for a while. */
    public void pause(Duration time) {
        try (Jedis connection = new Jedis("127.0.0.1", port)) {
            connection.clientPause(time.toMillis());
        }
    }

    /** Kills the server with SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    /** Starts it again on the same port, empty unless it keeps an append-only file. */
    public void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.close();
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
