package io.ghala.chaos.cluster;

import io.ghala.chaos.wire.RedisProxy;
import io.ghala.testing.ClassArchives;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the cluster where one process of a kind runs at a time: with its own way to Redis, its own log and its own
 * folder for temporary files, which goes with each process.
 */
public final class Slot implements AutoCloseable {
    private static final Pattern HTTP = Pattern.compile("service started .* http=(\\S+)");
    private static final int KILLED = 137;

    private final ServiceKind kind;
    private final String name;
    private final RedisProxy proxy;
    private final Path log;
    private final Path temporary;
    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private @Nullable Process process;
    private long logFrom;
    private long commandsFrom;
    private long startedNanos;
    private int incarnation;
    private boolean killed;
    private boolean paused;
    private boolean armed;

    Slot(
            ServiceKind kind,
            int number,
            RedisProxy proxy,
            Path logs,
            Path scratch,
            Map<String, String> environment,
            List<String> jvmOptions) {
        this.kind = kind;
        this.name = kind.jar() + "-" + number;
        this.proxy = proxy;
        this.log = logs.resolve(name + ".log");
        this.temporary = scratch.resolve("tmp-" + name);
        this.environment = new TreeMap<>(environment);
        this.environment.put("REDIS_URL", proxy.url());
        this.jvmOptions = List.copyOf(jvmOptions);
    }

    public ServiceKind kind() {
        return kind;
    }

    /** Kind and number. */
    public String name() {
        return name;
    }

    /** The process that runs here now, by a name that no other process of the run has. */
    public synchronized String incarnationName() {
        return name + "#" + incarnation;
    }

    public RedisProxy proxy() {
        return proxy;
    }

    /** Starts a process here; {@code extra} is added to its environment. */
    public synchronized void start(Map<String, String> extra) throws IOException {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        Folders.remove(temporary);
        Files.createDirectories(temporary);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + kind.heapMb() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dio.netty.noUnsafe=false",
                "-Djava.io.tmpdir=" + temporary));
        // An agent changes classes: it needs them as they are in the jars.
        command.addAll(jvmOptions.isEmpty() ? ClassArchives.options(kind.jar()) : jvmOptions);
        command.add("-jar");
        command.add(
                Path.of(System.getProperty("ghala.dist"), kind.jar() + ".jar").toString());
        logFrom = Files.exists(log) ? Files.size(log) : 0;
        commandsFrom = proxy.commands();
        startedNanos = System.nanoTime();
        killed = false;
        armed = !extra.isEmpty();
        incarnation++;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().putAll(extra);
        process = builder.start();
    }

    public void start() throws IOException {
        start(Map.of());
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    public synchronized boolean isPaused() {
        return paused;
    }

    /** Whether the process was seen at work by its log, and has asked Redis for something. */
    public synchronized boolean isWorking() throws IOException {
        return isAlive() && !paused && proxy.commands() > commandsFrom && log().contains(kind.working());
    }

    /** Whether the process was started with something added to its environment. */
    public synchronized boolean isArmed() {
        return armed;
    }

    /** Age of the process in milliseconds. */
    public synchronized long ageMs() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    /** Kills with SIGKILL and waits until it is gone. */
    public synchronized void kill() throws InterruptedException {
        if (process != null) {
            killed = true;
            paused = false;
            process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    /** Kills with SIGKILL without waiting. */
    synchronized void destroy() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Asks to end with SIGTERM and waits. */
    public synchronized void terminate() throws InterruptedException {
        if (process != null) {
            killed = true;
            process.destroy();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }

    public synchronized void pause() throws IOException, InterruptedException {
        if (process != null) {
            Signals.pause(process.pid());
            paused = true;
        }
    }

    public synchronized void resume() throws IOException, InterruptedException {
        if (process != null) {
            Signals.resume(process.pid());
            paused = false;
        }
    }

    /** The exit code of a process that ended without being killed by this test. */
    public synchronized Optional<Integer> endedByItself() {
        if (process == null || process.isAlive() || killed) {
            return Optional.empty();
        }
        return Optional.of(process.exitValue());
    }

    /** Whether an exit code is that of a fail point. */
    public static boolean isFailPoint(int exitCode) {
        return exitCode == KILLED;
    }

    /** What the present process has logged. */
    public synchronized String log() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.max(0, file.length() - logFrom)];
            file.seek(logFrom);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Where the present process listens, once it does. */
    public Optional<String> http() throws IOException {
        Matcher started = HTTP.matcher(log());
        return started.find() ? Optional.of(started.group(1)) : Optional.empty();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        kill();
        proxy.close();
        Folders.remove(temporary);
    }
}
