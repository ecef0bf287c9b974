package io.ghala.work;

import java.time.Duration;

/**
 * A piece of work that a service does again and again. {@link WorkLoop} owns the thread, the pauses and the back-off.
 */
public interface Work {
    /** A fixed name for logs, threads and metrics. */
    String name();

    /** How long the loop rests after a round that found nothing to do, unless {@link #wakeUp()} is raised. */
    Duration pause();

    /** Raised by whoever knows that there is work before the pause is over. */
    Signal wakeUp();

    /**
     * Does the work once. It may block for a few seconds at most, and returns soon when its thread is interrupted.
     *
     * @return what the loop does next
     * @throws Exception the loop logs it, counts it, reports the service not ready and tries again with back-off
     */
    Next runOnce() throws Exception;

    /** What a loop does after a round. */
    enum Next {
        /** There may be more to do. */
        AT_ONCE,
        /** Nothing to do until the pause is over or the signal is raised. */
        AFTER_PAUSE
    }
}
