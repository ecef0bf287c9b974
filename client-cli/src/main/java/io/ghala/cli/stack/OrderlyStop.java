package io.ghala.cli.stack;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that runs for long end in order when a signal asks for it, whatever it is doing, and as something that
 * went well. The command closes this when it has ended.
 */
final class OrderlyStop implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private OrderlyStop() {}

    /** From now on Ctrl-C and SIGTERM ask. */
    static OrderlyStop begin() {
        OrderlyStop stop = new OrderlyStop();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::endProcess, "stop"));
        return stop;
    }

    /** Waits for it for so many milliseconds at most. */
    boolean isAskedWithin(long millis) throws InterruptedException {
        return asked.await(millis, TimeUnit.MILLISECONDS);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    private void endProcess() {
        if (ended.getCount() == 0) {
            // The command ended by itself, and its exit code counts.
            return;
        }
        asked.countDown();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
