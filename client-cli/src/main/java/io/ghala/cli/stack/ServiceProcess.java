package io.ghala.cli.stack;

import io.ghala.presence.ServiceKind;
import io.ghala.service.ServiceJar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A service as a child process that is started again when it ends, with growing pauses, until it is closed. */
final class ServiceProcess implements AutoCloseable {
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 30_000;
    private static final long STOP_SECONDS = 30;

    private final ServiceKind kind;
    private final ServiceJar jar;
    private final Map<String, String> environment;
    private final Consumer<String> lines;
    private final Thread supervisor;
    private volatile boolean closing;
    private volatile @org.jspecify.annotations.Nullable Process process;

    ServiceProcess(ServiceKind kind, Path dist, Map<String, String> environment, Consumer<String> lines) {
        this.kind = kind;
        this.jar = new ServiceJar(dist, kind);
        this.environment = Map.copyOf(environment);
        this.lines = lines;
        this.supervisor = new Thread(this::supervise, "supervise-" + kind);
    }

    void start() {
        supervisor.start();
    }

    private void supervise() {
        long pause = FIRST_PAUSE_MS;
        try {
            while (!closing) {
                long started = System.nanoTime();
                int code = runOnce();
                if (!closing) {
                    lines.accept(kind + " | ended with exit code " + code + ", starts again in " + pause + " ms");
                    TimeUnit.MILLISECONDS.sleep(pause);
                    boolean ranLong = System.nanoTime() - started > TimeUnit.MINUTES.toNanos(1);
                    pause = ranLong ? FIRST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
                }
            }
        } catch (InterruptedException e) {
            lines.accept(kind + " | supervision ends");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + kind, e);
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(jar.archivingCommand()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        if (closing) {
            started.toHandle().destroy();
        }
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(kind + " | " + line);
            }
        }
        int code = started.waitFor();
        try {
            jar.ended(code);
        } catch (IOException e) {
            lines.accept(kind + " | its class archive is not kept: " + e);
        }
        return code;
    }

    /**
     * Asks the process to end and waits for it. Through its handle, since destroying the process itself would close its
     * output.
     */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        Process running = process;
        if (running != null) {
            running.toHandle().destroy();
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
            }
        }
        supervisor.interrupt();
        supervisor.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
