package io.ghala.cli.stack;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A real redis-server with an append-only file in a folder of its own, as a child process. */
public final class EmbeddedRedis implements AutoCloseable {
    private static final long STOP_SECONDS = 10;
    private final Process process;
    private final int port;

    private EmbeddedRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a free port of the loopback address; {@code data} keeps its append-only file. */
    public static EmbeddedRedis start(Path data) throws IOException {
        Files.createDirectories(data);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        File binary = ExecutableProvider.newJarResourceProvider(
                        Files.createDirectories(data.resolve("bin")).toFile())
                .get();
        Process process = new ProcessBuilder(List.of(
                        binary.getAbsolutePath(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        data.toAbsolutePath().toString(),
                        "--appendonly",
                        "yes",
                        "--save",
                        "",
                        "--maxmemory-policy",
                        "noeviction"))
                .redirectOutput(data.resolve("redis.log").toFile())
                .redirectErrorStream(true)
                .start();
        return new EmbeddedRedis(process, port);
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
