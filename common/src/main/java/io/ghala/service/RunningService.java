package io.ghala.service;

import com.codahale.metrics.MetricRegistry;
import io.ghala.presence.PresenceBoard;
import io.ghala.presence.ServiceIdentity;
import io.ghala.work.Closers;
import io.ghala.work.Work;
import io.ghala.work.WorkLoop;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service between start and stop: its HTTP side, its loops, and what must be closed after them. */
final class RunningService {
    private static final Logger log = LoggerFactory.getLogger(RunningService.class);

    private final ServiceIdentity identity;
    private final OperationsServer http;
    private final Set<Work> works;
    private final PresenceWork presence;
    private final PresenceBoard board;
    private final ServiceHealth health;
    private final MetricRegistry metrics;
    private final Closers closers;

    @Inject
    RunningService(
            ServiceIdentity identity,
            OperationsServer http,
            Set<Work> works,
            PresenceWork presence,
            PresenceBoard board,
            ServiceHealth health,
            MetricRegistry metrics,
            Closers closers) {
        this.identity = identity;
        this.http = http;
        this.works = works;
        this.presence = presence;
        this.board = board;
        this.health = health;
        this.metrics = metrics;
        this.closers = closers;
    }

    /**
     * Starts everything and waits until {@code stop} completes; then closes in reverse order. Returns the exit code
     * that stop carries.
     */
    int runUntil(CompletableFuture<Integer> stop) {
        try (Closers running = closers) {
            http.start();
            running.register("http", http);
            running.register("presence record", () -> board.remove(identity));
            startLoop(presence, running);
            works.forEach(work -> startLoop(work, running));
            log.info(
                    "service started service={} instance={} pid={} http={}",
                    identity.kind(),
                    identity.instance(),
                    identity.pid(),
                    http.address());
            int code = stop.join();
            health.stopping();
            log.info("service stopping service={} instance={}", identity.kind(), identity.instance());
            return code;
        }
    }

    private void startLoop(Work work, Closers running) {
        WorkLoop loop = new WorkLoop(work, metrics);
        health.watch(loop);
        loop.start();
        running.register("loop " + work.name(), loop);
    }
}
