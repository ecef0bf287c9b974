package io.ghala.work;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one {@link Work} on a thread of its own until it is closed, with pauses when idle and growing pauses after
 * failures.
 */
public final class WorkLoop implements ReadinessCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Work work;
    private final Thread thread;
    private final Meter failures;
    private final Timer rounds;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable String failing;

    public WorkLoop(Work work, MetricRegistry metrics) {
        this.work = work;
        this.thread = new Thread(this::run, work.name());
        this.failures = metrics.meter("ghala.work." + work.name() + ".failures");
        this.rounds = metrics.timer("ghala.work." + work.name() + ".rounds");
    }

    public void start() {
        thread.start();
    }

    /** Whether the loop's thread still runs; a service with a dead loop is not healthy. */
    public boolean alive() {
        return thread.isAlive();
    }

    @Override
    public String name() {
        return work.name();
    }

    @Override
    public Optional<String> problem() {
        return Optional.ofNullable(failing);
    }

    private void run() {
        Duration backOff = FIRST_BACK_OFF;
        try {
            while (!closing()) {
                if (round()) {
                    backOff = FIRST_BACK_OFF;
                } else {
                    closing.await(backOff.toMillis(), TimeUnit.MILLISECONDS);
                    Duration doubled = backOff.multipliedBy(2);
                    backOff = doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled;
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts this thread, after its patience is over: the thread ends.
            log.debug("work interrupted name={}", work.name());
        }
    }

    /** One round and the pause after it; false when the round failed. */
    private boolean round() throws InterruptedException {
        Work.Next next;
        try (Timer.Context ignored = rounds.time()) {
            next = work.runOnce();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            noteFailure(e);
            return false;
        }
        if (failing != null) {
            log.info("work recovered name={}", work.name());
            failing = null;
        }
        if (next == Work.Next.AFTER_PAUSE && !closing()) {
            work.wakeUp().await(work.pause());
        }
        return true;
    }

    private boolean closing() {
        return closing.getCount() == 0;
    }

    private void noteFailure(Exception e) {
        if (closing()) {
            log.debug("work ended by the stop name={}", work.name(), e);
            return;
        }
        failures.mark();
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        boolean repeated = message.equals(failing);
        failing = message;
        if (repeated) {
            log.debug("work failed again name={} problem=\"{}\"", work.name(), message, e);
        } else {
            log.warn("work failed name={} problem=\"{}\" next=\"tries again\"", work.name(), message, e);
        }
    }

    /** Lets the running round end for 10 s, then interrupts it and waits as long again. */
    @Override
    public void close() {
        closing.countDown();
        work.wakeUp().raise();
        boolean interrupted = join();
        if (thread.isAlive()) {
            thread.interrupt();
            interrupted |= join();
        }
        if (thread.isAlive()) {
            log.warn("work did not stop name={} waited_ms={}", work.name(), 2 * PATIENCE.toMillis());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean join() {
        try {
            thread.join(PATIENCE.toMillis());
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }
}
