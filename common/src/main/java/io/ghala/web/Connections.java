package io.ghala.web;

import io.ghala.config.GhalaConfig.HttpLimits;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what clients that ask nothing may hold: a connection that brings no request for too long is closed, however
 * many single bytes it sends, and when there are too many the one that was idle for the longest makes room for a new
 * one.
 */
public final class Connections implements Connection.Listener {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final long LOOKS_PER_LIMIT = 4;
    private static final long LONGEST_PAUSE_MS = 1_000;
    private static final long ANSWERING = Long.MAX_VALUE;

    private final HttpLimits limits;
    /** Since when each waits for a request, as of {@link System#nanoTime()}. */
    private final Map<Connection, Long> waiting = new ConcurrentHashMap<>();

    public Connections(HttpLimits limits) {
        this.limits = limits;
    }

    /** Looks again and again, until the scheduler stops. */
    public void watch(Scheduler scheduler) {
        closeSlow();
        long pause = Math.min(LONGEST_PAUSE_MS, Math.max(1, limits.header().toMillis() / LOOKS_PER_LIMIT));
        scheduler.schedule(() -> watch(scheduler), pause, TimeUnit.MILLISECONDS);
    }

    private void closeSlow() {
        long now = System.nanoTime();
        waiting.forEach((connection, since) -> {
            if (since != ANSWERING && now - since > limits.header().toNanos()) {
                connection.close();
            }
        });
    }

    @Override
    public void onOpened(Connection connection) {
        waiting.put(connection, System.nanoTime());
        if (waiting.size() > limits.connections()) {
            makeRoom(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waiting.remove(connection);
    }

    private void makeRoom(Connection opened) {
        long now = System.nanoTime();
        Connection idlest = waiting.entrySet().stream()
                .filter(entry -> entry.getValue() != ANSWERING)
                .max(Comparator.comparingLong(entry -> now - entry.getValue()))
                .map(Map.Entry::getKey)
                .orElse(opened);
        log.info("connection closed open={} most={}", waiting.size(), limits.connections());
        waiting.remove(idlest);
        idlest.close();
    }

    /** Its connection waits no more until the request is answered. */
    void answering(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        // Only if present: it may have been closed just now.
        waiting.computeIfPresent(connection, (same, since) -> ANSWERING);
        Request.addCompletionListener(
                request, failure -> waiting.computeIfPresent(connection, (same, since) -> System.nanoTime()));
    }
}
