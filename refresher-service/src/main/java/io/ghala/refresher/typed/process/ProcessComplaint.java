package io.ghala.refresher.typed.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of what a process writes to its standard error; the rest is read and dropped, so that it never blocks.
 */
final class ProcessComplaint {
    private static final Logger log = LoggerFactory.getLogger(ProcessComplaint.class);
    private static final int KEPT = 4000;

    private final StringBuilder kept = new StringBuilder();
    private final Thread reader;

    ProcessComplaint(Process process) {
        this.reader = new Thread(() -> read(process.getErrorStream()), "typed-reader-errors");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream errors) {
        byte[] bytes = new byte[8192];
        try (errors) {
            for (int got = errors.read(bytes); got >= 0; got = errors.read(bytes)) {
                synchronized (kept) {
                    kept.append(new String(bytes, 0, Math.min(got, KEPT - kept.length()), StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            log.debug("errors of a process not read", e);
        }
    }

    void join() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(1));
    }

    String text() {
        synchronized (kept) {
            return kept.toString();
        }
    }

    void log(Process process) {
        log.warn(
                "typed reader ended pid={} exit={} said=\"{}\"",
                process.pid(),
                process.isAlive() ? "running" : process.exitValue(),
                text().replaceAll("[\\r\\n#]+", " ").strip());
    }
}
