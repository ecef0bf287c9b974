package io.ghala.refresher.verify.findings;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how far long work is: a line when a step begins, and one every few seconds while it goes on. Not for several
 * threads.
 */
public final class Progress {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private long last;

    /** {@code nanos} is a source of nanoseconds for durations. */
    public Progress(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    public void say(String line) {
        lines.accept(line);
        last = nanos.getAsLong();
    }

    /** So much of the step is done. */
    public void at(String step, long done, long all) {
        if (nanos.getAsLong() - last >= EVERY_NANOS) {
            say(step + " " + done + " of " + all);
        }
    }
}
