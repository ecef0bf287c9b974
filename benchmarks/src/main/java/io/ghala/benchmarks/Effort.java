package io.ghala.benchmarks;

import java.util.List;

/**
 * How much is repeated.
 *
 * @param runs repetitions of what takes long
 * @param warmUp repetitions before those of {@code samples} count
 * @param samples repetitions of what takes milliseconds
 * @param burst writes by which the rate of the write path is found
 * @param workers how many workers drain a stream, in turn
 * @param serviceOptions options of the services' JVMs besides those of {@code ghala up}
 */
record Effort(int runs, int warmUp, int samples, int burst, List<Integer> workers, List<String> serviceOptions) {
    /** For figures. */
    static final Effort FULL = new Effort(5, 20, 200, 20_000, List.of(1, 2, 4), List.of());
    /** To see that everything runs. */
    static final Effort SMOKE = new Effort(1, 1, 2, 100, List.of(2), List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));

    private static final int LARGE = 5_000_000;

    Effort {
        workers = List.copyOf(workers);
        serviceOptions = List.copyOf(serviceOptions);
    }

    /** Repetitions of what takes long at {@code rows}. */
    int runs(int rows) {
        return rows > LARGE ? Math.min(runs, 3) : runs;
    }

    /** Repetitions of what takes milliseconds where the table is small, at {@code rows}. */
    int samples(int rows) {
        return rows > LARGE ? Math.max(1, samples / 4) : samples;
    }
}
