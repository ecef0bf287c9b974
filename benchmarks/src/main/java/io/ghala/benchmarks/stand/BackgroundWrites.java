package io.ghala.benchmarks.stand;

import io.ghala.intent.IntentQueue;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Writes at a steady rate, twenty times a second, until it is closed. */
public final class BackgroundWrites implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long PATIENCE_MS = 30_000;

    private final IntentQueue queue;
    private final int each;
    private final int ids;
    private final Thread thread = new Thread(this::write, "background-writes");
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean closing;

    private BackgroundWrites(IntentQueue queue, double perSecond, int ids) {
        this.queue = queue;
        this.each = (int) Math.max(1, Math.min(ids, perSecond * PERIOD_NANOS / 1e9));
        this.ids = ids;
    }

    /** Upserts rows with ids below {@code ids}, in turn. */
    public static BackgroundWrites start(IntentQueue queue, double perSecond, int ids) {
        BackgroundWrites writes = new BackgroundWrites(queue, perSecond, ids);
        writes.thread.start();
        return writes;
    }

    private void write() {
        int from = 0;
        long next = System.nanoTime();
        try {
            while (!closing) {
                Writes.enqueue(queue, Writes.of(from, each));
                from = from + 2 * each <= ids ? from + each : 0;
                next += PERIOD_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    public void requireRunning() {
        Optional.ofNullable(failure.get()).ifPresent(e -> {
            throw e;
        });
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join(PATIENCE_MS);
    }
}
