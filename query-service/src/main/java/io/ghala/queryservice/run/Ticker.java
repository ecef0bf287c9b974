package io.ghala.queryservice.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something short again and again on a daemon thread of its own until it is closed; a failure is logged and does
 * not end it.
 */
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final Runnable action;
    private final Duration pause;
    private final Thread thread;

    private Ticker(String name, Duration pause, Runnable action) {
        this.action = action;
        this.pause = pause;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    static Ticker start(String name, Duration pause, Runnable action) {
        Ticker ticker = new Ticker(name, pause, action);
        ticker.thread.start();
        return ticker;
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
                runOnce();
            }
        } catch (InterruptedException e) {
            log.debug("ticker ended name={}", thread.getName());
        }
    }

    private void runOnce() {
        try {
            action.run();
        } catch (RuntimeException e) {
            log.error("ticker failed name={} problem=\"{}\"", thread.getName(), e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
