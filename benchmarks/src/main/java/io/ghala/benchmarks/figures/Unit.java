package io.ghala.benchmarks.figures;

import java.util.Locale;

/** What a figure counts. */
public enum Unit {
    MILLISECONDS("ms"),
    ROWS_PER_SECOND("rows/s"),
    BYTES("bytes"),
    MEBIBYTES("MiB"),
    FILES("files");

    private static final double FEW = 10;

    private final String label;

    Unit(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The number alone: two decimals for few milliseconds, whole otherwise. */
    String number(double value) {
        boolean fine = this == MILLISECONDS && Math.abs(value) < FEW;
        return String.format(Locale.ROOT, fine ? "%.2f" : "%,.0f", value);
    }

    public String text(double value) {
        return number(value) + " " + label;
    }
}
