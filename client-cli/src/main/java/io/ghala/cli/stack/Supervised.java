package io.ghala.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A child process that is started again when it ends, until it is closed: at once where it had worked, with growing
 * pauses where it never did.
 */
final class Supervised implements AutoCloseable {
    private static final long SHORT_PAUSE_MS = 200;
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LONGEST_PAUSE_MS = 30_000;
    private static final long STOP_SECONDS = 30;

    private final String name;
    private final Supplier<ChildCommand> command;
    private final IntConsumer ended;
    private final ChildRecord record;
    private final Consumer<String> lines;
    private final Thread supervisor;
    private volatile boolean closing;
    private volatile boolean worked;
    private volatile @Nullable Process process;

    /**
     * @param ended is told the exit code of each process that ended
     * @param lines takes what the process says, and what becomes of it
     */
    Supervised(
            String name,
            Supplier<ChildCommand> command,
            IntConsumer ended,
            ChildRecord record,
            Consumer<String> lines) {
        this.name = name;
        this.command = command;
        this.ended = ended;
        this.record = record;
        this.lines = lines;
        this.supervisor = new Thread(this::supervise, "supervise-" + name);
    }

    void start() {
        supervisor.start();
    }

    /** The process that runs now. */
    OptionalLong pid() {
        Process running = process;
        return running == null || !running.isAlive() ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    /** It does what it is there for: should it end, it will be missed. */
    void works() {
        worked = true;
    }

    private void supervise() {
        long pause = FIRST_PAUSE_MS;
        try {
            while (!closing) {
                String end = runOnce();
                if (!closing) {
                    pause = worked ? SHORT_PAUSE_MS : pause;
                    say(end + ", starts again in " + pause + " ms");
                    TimeUnit.MILLISECONDS.sleep(pause);
                    pause = Math.min(worked ? FIRST_PAUSE_MS : pause * 2, LONGEST_PAUSE_MS);
                    worked = false;
                }
            }
        } catch (InterruptedException e) {
            // Closed meanwhile.
            Thread.currentThread().interrupt();
        }
    }

    private void say(String line) {
        lines.accept(name + " | " + line);
    }

    /** Returns how it ended. */
    private String runOnce() throws InterruptedException {
        try {
            Process started = command.get().start();
            process = started;
            record.started(started.toHandle(), name);
            if (closing) {
                askToEnd();
            }
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    say(line);
                }
            }
            int code = started.waitFor();
            closeInput(started);
            record.ended(started.pid());
            ended.accept(code);
            return "ended with exit code " + code;
        } catch (IOException e) {
            return "does not start: " + e.getMessage();
        }
    }

    /** Asks the process to end, without waiting for it. */
    void askToEnd() {
        closing = true;
        Process running = process;
        if (running != null) {
            closeInput(running);
        }
    }

    private static void closeInput(Process child) {
        try {
            child.getOutputStream().close();
        } catch (IOException e) {
            // Its end of the pipe is closed already.
        }
    }

    /** Ends the process, if need be by force, and waits for that. */
    @Override
    public void close() throws InterruptedException {
        askToEnd();
        Process running = process;
        if (running != null && !running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
        }
        supervisor.interrupt();
        supervisor.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
    }
}
