package io.ghala.cli.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Which processes an {@code up} started, as a file: a line each with the process id, when it started in milliseconds,
 * and what it is. Should they outlive it, the next {@code up} ends them; a process of another start is never touched,
 * since ids are used again.
 */
final class ChildRecord {
    private final Path file;
    private final Map<Long, String> lines = new TreeMap<>();

    ChildRecord(Path file) {
        this.file = file;
    }

    /** Ends what is left of an earlier run; says so. Each gets {@code patience} to end by itself. */
    void endLeftovers(Duration patience, Consumer<String> say) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            return;
        }
        List<ProcessHandle> left = new ArrayList<>();
        for (String line :
                Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
            leftover(line.split(" ", 3)).ifPresent(left::add);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (ProcessHandle process : left) {
            if (!ended(process, deadline - System.nanoTime())) {
                say.accept("ghala: ends process " + process.pid() + ", which an earlier up left behind");
                process.destroyForcibly();
                ended(process, patience.toNanos());
            }
        }
        Files.delete(file);
    }

    private static Optional<ProcessHandle> leftover(String[] line) {
        try {
            return line.length < 3
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(line[0]))
                            .filter(process -> startMs(process).equals(line[1]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean ended(ProcessHandle process, long nanos) throws InterruptedException {
        try {
            process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process failed", e);
        }
    }

    private static String startMs(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse("-");
    }

    synchronized void started(ProcessHandle process, String what) throws IOException {
        lines.put(process.pid(), process.pid() + " " + startMs(process) + " " + what + "\n");
        write();
    }

    synchronized void ended(long pid) throws IOException {
        lines.remove(pid);
        write();
    }

    private void write() throws IOException {
        Files.writeString(file, String.join("", lines.values()), StandardCharsets.ISO_8859_1);
    }
}
