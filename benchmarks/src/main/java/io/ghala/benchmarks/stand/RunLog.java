package io.ghala.benchmarks.stand;

/** Says on standard error what is going on; standard output holds the page alone. */
public final class RunLog {
    private static final long STARTED = System.nanoTime();

    private RunLog() {}

    public static void say(String what) {
        System.err.printf("%6.1f s  %s%n", (System.nanoTime() - STARTED) / 1e9, what);
    }
}
