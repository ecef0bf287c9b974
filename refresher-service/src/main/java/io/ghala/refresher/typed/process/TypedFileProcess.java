package io.ghala.refresher.typed.process;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.frames.DeadReaderException;
import io.ghala.refresher.typed.frames.Frames;
import io.ghala.refresher.typed.frames.TypedRows;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child process that reads typed files, with a temporary folder of its own. Not for several threads; after a failure
 * it is of no more use.
 */
public final class TypedFileProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TypedFileProcess.class);
    private static final int PIPE_BYTES = 256 * 1024;
    private static final long LEAST_HEAP = 64L << 20;
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final Path temporary;
    private final Duration timeout;
    private final ScheduledExecutorService watch;
    private final ProcessComplaint complaint;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private final AtomicBoolean timedOut = new AtomicBoolean();

    /**
     * Starts the process with the java of this one.
     *
     * @param memory bytes it may take for its heap and outside of it together
     * @param timeout how long a file may give nothing
     * @param watch runs the time-outs
     */
    public static TypedFileProcess start(long memory, Duration timeout, ScheduledExecutorService watch)
            throws IOException {
        Path temporary = Files.createTempDirectory("ghala-typed-");
        long heap = Math.max(LEAST_HEAP, memory / 4);
        long outside = Math.max(LEAST_HEAP, memory - heap);
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx" + heap,
                            "-XX:MaxDirectMemorySize=" + outside,
                            "-XX:+UseSerialGC",
                            "-XX:+ExitOnOutOfMemoryError",
                            "-XX:-CreateCoredumpOnCrash",
                            "-XX:+DisplayVMOutputToStderr",
                            "-XX:+ErrorFileToStderr",
                            "-Djava.io.tmpdir=" + temporary,
                            "-Dio.netty.noUnsafe=false",
                            "-Dio.netty.maxDirectMemory=" + outside,
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TypedFileMain.class.getName(),
                            Long.toString(outside)))
                    .start();
            return new TypedFileProcess(process, temporary, timeout, watch);
        } catch (IOException e) {
            delete(temporary);
            throw e;
        }
    }

    private TypedFileProcess(Process process, Path temporary, Duration timeout, ScheduledExecutorService watch) {
        this.process = process;
        this.temporary = temporary;
        this.timeout = timeout;
        this.watch = watch;
        this.complaint = new ProcessComplaint(process);
        this.requests = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), PIPE_BYTES));
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Reads one file.
     *
     * @throws RefusedFileException when the file cannot be taken; the process reads on
     * @throws DeadReaderException when the process ended or hung over it
     */
    public void read(Path file, TypedFormat format, TypedRows rows) throws RefusedFileException, DeadReaderException {
        Watch watched = new Watch();
        try {
            requests.writeByte(format.code());
            requests.writeUTF(file.toAbsolutePath().toString());
            requests.flush();
            new Frames(answers).read(rows, watched);
        } catch (RefusedFileException e) {
            throw e;
        } catch (IOException e) {
            throw new DeadReaderException(failure(e), e);
        } finally {
            watched.stop();
        }
    }

    private String failure(IOException cause) {
        if (timedOut.get()) {
            return "reading it made no progress for " + timeout.toSeconds()
                    + " s (ghala.refresher.typed-reader.timeout)";
        }
        kill();
        String said = complaint.text();
        if (said.contains("OutOfMemoryError")) {
            return "reading it needs more memory than ghala.refresher.typed-reader.memory gives";
        }
        if (!said.isEmpty()) {
            complaint.log(process);
        }
        return cause instanceof java.io.EOFException || cause.getMessage() == null
                ? "the process that read it ended: the file is damaged in a way that its reader does not survive"
                : "the process that read it did not answer in its own form: " + cause.getMessage();
    }

    private void kill() {
        try {
            // One that ended by itself gets the time to say why.
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            complaint.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process: by closing its input, by force when that is not enough. */
    @Override
    public void close() throws IOException {
        try {
            closeInput();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
            delete(temporary);
        }
    }

    private void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            log.debug("input of a process that had ended pid={}", process.pid(), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Kills the process when the next frame does not come in time. */
    private final class Watch implements Frames.Watcher {
        private Future<?> alarm = watch.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);

        @Override
        public void next() {
            alarm.cancel(false);
            alarm = watch.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
        }

        private void expire() {
            timedOut.set(true);
            process.destroyForcibly();
        }

        void stop() {
            alarm.cancel(false);
        }
    }
}
