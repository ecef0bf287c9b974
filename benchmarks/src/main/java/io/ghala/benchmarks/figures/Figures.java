package io.ghala.benchmarks.figures;

import java.util.Arrays;

/** The values of repeated runs, in one unit. */
public final class Figures {
    private static final double NANOS_PER_MS = 1e6;

    private final Unit unit;
    private final double[] sorted;

    private Figures(Unit unit, double[] sorted) {
        this.unit = unit;
        this.sorted = sorted;
    }

    public static Figures of(Unit unit, double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Figures(unit, sorted);
    }

    /** Durations in nanoseconds as milliseconds. */
    public static Figures ofNanos(long... nanos) {
        return of(
                Unit.MILLISECONDS,
                Arrays.stream(nanos).mapToDouble(n -> n / NANOS_PER_MS).toArray());
    }

    /** The smallest value that a share of {@code share} of the values does not exceed. */
    double quantile(double share) {
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, at))];
    }

    public double median() {
        return quantile(0.5);
    }

    public double p99() {
        return quantile(0.99);
    }

    /** Least, median and greatest, or the value alone where there is one. */
    public String text() {
        if (sorted.length == 1) {
            return unit.text(sorted[0]);
        }
        return unit.number(sorted[0]) + " / " + unit.number(median()) + " / " + unit.text(sorted[sorted.length - 1]);
    }

    /** For many samples: least, p50, p99 and greatest. */
    public String quantilesText() {
        return unit.number(sorted[0]) + " / **p50 " + unit.number(median()) + "** / **p99 " + unit.number(p99())
                + "** / " + unit.text(sorted[sorted.length - 1]);
    }
}
