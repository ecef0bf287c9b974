package io.ghala.chaos.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Holds the first command, or the first answer, that fits until it is let go, so that a schedule can make something
 * happen in between.
 */
public final class Hold implements Tamper {
    private static final long LONGEST_SECONDS = 60;

    private final Predicate<List<String>> commands;
    private final BiPredicate<List<String>, Resp> answers;
    private final Tamper inner;
    private final AtomicBoolean armed = new AtomicBoolean(true);
    private final CountDownLatch caught = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch passed = new CountDownLatch(1);

    private Hold(Predicate<List<String>> commands, BiPredicate<List<String>, Resp> answers, Tamper inner) {
        this.commands = commands;
        this.answers = answers;
        this.inner = inner;
    }

    /** Holds a command before it reaches {@code inner} and Redis. */
    public static Hold command(Predicate<List<String>> which, Tamper inner) {
        return new Hold(which, (command, answer) -> false, inner);
    }

    /** Holds an answer after Redis and {@code inner} gave it. */
    public static Hold answer(BiPredicate<List<String>, Resp> which, Tamper inner) {
        return new Hold(command -> false, which, inner);
    }

    @Override
    public List<String> command(List<String> command, Upstream upstream) throws IOException {
        if (commands.test(command) && armed.compareAndSet(true, false)) {
            hold();
        }
        return inner.command(command, upstream);
    }

    @Override
    public Resp answer(List<String> command, Resp answer, Upstream upstream) throws IOException {
        Resp given = inner.answer(command, answer, upstream);
        if (commands.test(command) && released.getCount() == 0) {
            passed.countDown();
        }
        if (answers.test(command, given) && armed.compareAndSet(true, false)) {
            hold();
            passed.countDown();
        }
        return given;
    }

    private void hold() throws IOException {
        caught.countDown();
        await(released, "release");
    }

    /** Waits until something was caught. */
    public Hold awaitCaught() throws IOException {
        await(caught, "anything to hold");
        return this;
    }

    /** Lets it go. */
    public void release() {
        released.countDown();
    }

    /** Lets it go and waits until Redis has answered it. */
    public void releaseAndAwait() throws IOException {
        release();
        await(passed, "its answer");
    }

    private static void await(CountDownLatch latch, String what) throws IOException {
        try {
            if (!latch.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("waited " + LONGEST_SECONDS + " s in vain for " + what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
