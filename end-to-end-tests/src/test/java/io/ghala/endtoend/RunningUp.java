package io.ghala.endtoend;

import io.ghala.testing.ClassArchives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real {@code ghala up} over a folder. Whatever it started is killed when it is closed. */
final class RunningUp implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern READY = Pattern.compile("ghala is ready: .* HTTP at (http://[^ ;]+);");
    private static final List<String> SIGNALS = List.of("INT", "TERM", "KILL");

    private final Path root;
    private final Path said;
    private final Process process;

    private RunningUp(Path root, Path said, Process process) {
        this.root = root;
        this.said = said;
        this.process = process;
    }

    /** Starts it; {@code scratch} takes what it says and the files of its Java. */
    static RunningUp start(Path root, Path scratch, Map<String, String> names) throws IOException {
        Path said = Files.createTempFile(scratch, "up-", ".err");
        List<String> command = new ArrayList<>(takingSignals());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + Files.createTempDirectory(scratch, "tmp-")));
        command.addAll(ClassArchives.options("client-cli"));
        command.addAll(List.of(
                "-jar",
                Path.of(System.getProperty("ghala.dist"), "client-cli.jar").toString(),
                "up"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile());
        Map<String, String> environment = new HashMap<>(names);
        environment.put("DB_ROOT", root.toString());
        environment.putIfAbsent("HTTP_PORT", "0");
        environment.put("SCAN_INTERVAL_SEC", "0.1");
        environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + Files.createTempDirectory(scratch, "t-"));
        builder.environment().putAll(environment);
        return new RunningUp(root, said, builder.start());
    }

    /** Tests may run in the background of a shell, where Ctrl-C is ignored by whatever they start. */
    private static List<String> takingSignals() throws IOException {
        List<String> prefix = List.of("env", "--default-signal=INT");
        List<String> attempt = new ArrayList<>(prefix);
        attempt.add("true");
        try {
            return new ProcessBuilder(attempt).start().waitFor() == 0 ? prefix : List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Waits until it says that it is ready; returns where HTTP listens. */
    String awaitReady() {
        return Awaitility.await("up is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::http, address -> !address.isEmpty());
    }

    private String http() {
        if (!process.isAlive() && !READY.matcher(said()).find()) {
            throw new AssertionError("up ended with " + process.exitValue() + ": " + said());
        }
        Matcher ready = READY.matcher(said());
        return ready.find() ? ready.group(1) : "";
    }

    /** What it said on standard error. */
    String said() {
        try {
            return new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All processes that it started, and those that they started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** The services that it runs now. */
    List<ProcessHandle> services() {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains("-service.jar"))
                .toList();
    }

    ProcessHandle redis() throws IOException {
        String pid = Files.readString(root.resolve(".ghala/redis/redis.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** Sends INT, TERM or KILL. */
    void signal(String name) throws IOException, InterruptedException {
        if (!SIGNALS.contains(name)) {
            throw new IllegalArgumentException(name);
        }
        new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                .start()
                .waitFor();
    }

    /** Waits for its end; returns its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("up does not end: " + said());
        }
        return process.exitValue();
    }

    static void awaitGone(List<ProcessHandle> processes) {
        Awaitility.await("nothing of it is left").atMost(Duration.ofSeconds(40)).until(() -> processes.stream()
                .noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> children = children();
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        children.forEach(ProcessHandle::destroyForcibly);
        awaitGone(children);
    }
}
