package io.ghala.cli.stack;

import io.ghala.cli.session.PrivateFiles;
import io.ghala.model.InvalidValueException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A Redis of this stack alone: a program of the machine or the one that comes with Ghala, on a port of the loopback
 * address, with an append-only file and a password of its own. Its settings are a file that only its owner reads, so
 * that the password stands in no list of processes.
 */
final class OwnRedis {
    /** Below the ports that the system gives to connections, so that none takes the server's while it is down. */
    private static final int FIRST_PORT = 10_000;

    private static final int LAST_PORT = 32_000;
    private static final int ATTEMPTS = 100;
    /** Since this version a log is a folder, which older ones do not know. */
    private static final int LOG_IS_A_FOLDER = 7;

    private static final Pattern PROGRAM = Pattern.compile("(?:redis|valkey)[^/]*$");
    private static final String SETTINGS = "redis.conf";
    private final RedisBinary binary;
    private final Path data;
    private final int port;
    private final String password;

    private OwnRedis(RedisBinary binary, Path data, int port, String password) {
        this.binary = binary;
        this.data = data;
        this.port = port;
        this.password = password;
    }

    /** Prepares one whose data is in {@code data}; nothing runs yet. */
    static OwnRedis prepare(Path data, Map<String, String> environment) throws IOException, InterruptedException {
        PrivateFiles.createFolder(data);
        RedisBinary binary = RedisBinary.find(environment, data.resolve("bin"));
        if (binary.major() < LOG_IS_A_FOLDER && Files.isDirectory(data.resolve("appendonlydir"))) {
            throw new InvalidValueException("the data in " + data + " was written by a newer Redis than " + binary
                    + ", which does not know its form: install redis-server or valkey-server as new as before");
        }
        SecureRandom random = new SecureRandom();
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        OwnRedis redis = new OwnRedis(
                binary,
                data.toAbsolutePath().normalize(),
                freePort(random),
                HexFormat.of().formatHex(secret));
        PrivateFiles.write(data.resolve(SETTINGS), redis.settings());
        return redis;
    }

    private static int freePort(SecureRandom random) throws IOException {
        BindException taken = new BindException("no free port");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int candidate = FIRST_PORT + random.nextInt(LAST_PORT - FIRST_PORT);
            try (ServerSocket free = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private String settings() {
        return String.join(
                "\n",
                "port " + port,
                "bind 127.0.0.1",
                "requirepass " + password,
                "dir " + quoted(data.toString()),
                "pidfile " + quoted(pidFile(data).toString()),
                "appendonly yes",
                "save \"\"",
                "maxmemory-policy noeviction",
                "");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Path pidFile(Path data) {
        return data.resolve("redis.pid");
    }

    ChildCommand command() {
        return new ChildCommand(
                List.of(binary.program().toString(), data.resolve(SETTINGS).toString()),
                Map.of(),
                Optional.of(data.resolve("redis.log")),
                false);
    }

    /** Ends the server of an earlier stack that still has {@code data}, should there be one. */
    static void endLeftover(Path data, Duration patience, Consumer<String> say) throws InterruptedException {
        Optional<ProcessHandle> left = process(pidFile(data));
        if (left.isEmpty()) {
            return;
        }
        say.accept("ghala: ends the Redis that an earlier up left behind, process "
                + left.get().pid());
        left.get().destroy();
        if (!ended(left.get(), patience)) {
            left.get().destroyForcibly();
            ended(left.get(), patience);
        }
    }

    private static boolean ended(ProcessHandle process, Duration patience) throws InterruptedException {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }

    /** The process that a server noted there, if it runs and is one: process ids are used again. */
    private static Optional<ProcessHandle> process(Path pidFile) {
        try {
            String pid = Files.readString(pidFile, StandardCharsets.US_ASCII).strip();
            return ProcessHandle.of(Long.parseLong(pid)).filter(process -> process.info()
                    .command()
                    .filter(program -> PROGRAM.matcher(program).find())
                    .isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    RedisBinary binary() {
        return binary;
    }

    int port() {
        return port;
    }

    /** With the password. */
    String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }
}
