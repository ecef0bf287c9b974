package io.ghala.benchmarks.figures;

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
public record Effort(int runs, int warmUp, int samples, int burst, List<Integer> workers, List<String> serviceOptions) {
    /** For figures. */
    public static final Effort FULL = new Effort(5, 20, 200, 20_000, List.of(1, 2, 4), List.of());
    /** To see that everything runs. */
    public static final Effort SMOKE =
            new Effort(1, 1, 2, 100, List.of(2), List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));

    private static final int LARGE = 5_000_000;

    public Effort {
        workers = List.copyOf(workers);
        serviceOptions = List.copyOf(serviceOptions);
    }

    /** Repetitions of what takes long at {@code rows}. */
    public int runs(int rows) {
        return rows > LARGE ? Math.min(runs, 3) : runs;
    }

    /** Repetitions of what takes milliseconds where the table is small, at {@code rows}. */
    public int samples(int rows) {
        return rows > LARGE ? Math.max(1, samples / 4) : samples;
    }
}
