package io.ghala.chaos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lets actors act, each on a thread of its own, until the run is over. */
public final class Actors implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public void start(Actor actor) {
        Thread thread = new Thread(() -> run(actor), actor.getClass().getSimpleName());
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void run(Actor actor) {
        try {
            while (!over.await(actor.pace().toMillis(), TimeUnit.MILLISECONDS)) {
                actor.act();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Ends all actors; what one of them failed with is thrown, since a run without it proves less. */
    public void finish() throws Exception {
        over.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " does not end");
            }
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public void close() {
        over.countDown();
        threads.forEach(Thread::interrupt);
    }
}
