package io.ghala.queryservice.run;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.presence.ServiceIdentity;
import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.redis.wire.RedisUnavailableException;
import io.ghala.service.FatalStop;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the process to its end after a statement that does not stop: notes the loss, lets the others finish for a
 * while, stops.
 */
public final class LeaveProcess {
    private static final Logger log = LoggerFactory.getLogger(LeaveProcess.class);
    private static final long LOOK_MS = 20;
    /** How long the stop in order may take; a thread inside DuckDB can hold up anything. */
    private static final Duration LAST_RESORT = Duration.ofSeconds(30);

    private final QuerySettings settings;
    private final StatementLosses losses;
    private final ServiceIdentity identity;
    private final FatalStop fatal;
    private final AtomicBoolean begun = new AtomicBoolean();

    @Inject
    LeaveProcess(QuerySettings settings, StatementLosses losses, ServiceIdentity identity, FatalStop fatal) {
        this.settings = settings;
        this.losses = losses;
        this.identity = identity;
        this.fatal = fatal;
    }

    /** Begins to leave, once; returns at once. */
    void because(StatementHash statement, BooleanSupplier othersRun, Runnable stopOthers) {
        Thread thread = new Thread(() -> leave(statement, othersRun, stopOthers), "leave");
        thread.setDaemon(true);
        thread.start();
    }

    private void leave(StatementHash statement, BooleanSupplier othersRun, Runnable stopOthers) {
        try {
            losses.lost(identity.instance(), statement);
        } catch (RedisUnavailableException | RedisRefusedException e) {
            log.warn("loss not noted statement={} problem=\"{}\"", statement, e.getMessage());
        }
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            waitWhile(othersRun, settings.drainTime());
            stopOthers.run();
            waitWhile(othersRun, settings.stuckAfter());
            fatal.request("statement " + statement + " does not stop");
            TimeUnit.SECONDS.sleep(LAST_RESORT.toSeconds());
            log.error("service did not stop in order waited_ms={}", LAST_RESORT.toMillis());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitWhile(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (condition.getAsBoolean() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }
}
