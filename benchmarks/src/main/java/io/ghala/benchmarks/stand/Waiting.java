package io.ghala.benchmarks.stand;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Looks again and again until something holds; the time limit of the benchmark ends it. */
public final class Waiting {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Waiting() {}

    /** Something that will come to hold. */
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Looks every two milliseconds. */
    public static void until(String what, Condition condition) throws IOException, InterruptedException {
        until(what, POLL_NANOS, condition);
    }

    public static void until(String what, long pollNanos, Condition condition)
            throws IOException, InterruptedException {
        while (!holds(condition)) {
            if (Thread.interrupted()) {
                throw new InterruptedException("waited in vain: " + what);
            }
            LockSupport.parkNanos(pollNanos);
        }
    }

    private static boolean holds(Condition condition) throws IOException, InterruptedException {
        try {
            return condition.holds();
        } catch (JedisConnectionException e) {
            // A Redis that is starting refuses connections.
            return false;
        }
    }
}
