package io.ghala.work;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes one waiting thread. Raising it while nobody waits makes the next wait return at once; raising it often counts
 * once.
 */
public final class Signal {
    private final Semaphore raised = new Semaphore(0);

    public void raise() {
        // Two racing raises may leave two permits: one round too many, never one too few.
        if (raised.availablePermits() == 0) {
            raised.release();
        }
    }

    /** Waits until raised or until {@code atMost} has passed; true when raised. */
    public boolean await(Duration atMost) throws InterruptedException {
        boolean woken = raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
        raised.drainPermits();
        return woken;
    }
}
