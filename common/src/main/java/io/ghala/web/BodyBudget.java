package io.ghala.web;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that the bodies of all requests may take together while they are read and answered. */
final class BodyBudget {
    private static final long LEAST = 64L << 20;
    private static final long SHARE_OF_HEAP = 8;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(long most) {
        this.most = most;
    }

    /** An eighth of the heap. */
    static BodyBudget ofHeap() {
        return new BodyBudget(Math.max(LEAST, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
    }

    /** Takes {@code bytes} if there is room; they must be given back. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
