package io.ghala.snapshot.text;

import java.math.BigDecimal;

/** Intervals by ISO 8601: {@code P1Y2M3DT4H5M6.7S}, each part with its own sign; {@code PT0S} for none. */
public final class IsoInterval {
    private static final long MONTHS_PER_YEAR = 12;
    private static final long SECONDS_PER_MINUTE = 60;
    private static final long SECONDS_PER_HOUR = 3600;
    private static final long NANOS = 1_000_000_000;
    private static final int DIGITS_OF_NANOS = 9;

    private IsoInterval() {}

    public static String text(long months, long days, long nanos) {
        StringBuilder out = new StringBuilder("P");
        part(months / MONTHS_PER_YEAR, 'Y', out);
        part(months % MONTHS_PER_YEAR, 'M', out);
        part(days, 'D', out);
        if (nanos != 0 || out.length() == 1) {
            out.append('T');
            int start = out.length();
            long seconds = nanos / NANOS;
            part(seconds / SECONDS_PER_HOUR, 'H', out);
            part(seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 'M', out);
            long rest = nanos % (SECONDS_PER_MINUTE * NANOS);
            if (rest != 0 || out.length() == start) {
                BigDecimal exact = BigDecimal.valueOf(rest, DIGITS_OF_NANOS);
                out.append(
                                exact.signum() == 0
                                        ? "0"
                                        : exact.stripTrailingZeros().toPlainString())
                        .append('S');
            }
        }
        return out.toString();
    }

    private static void part(long count, char unit, StringBuilder out) {
        if (count != 0) {
            out.append(count).append(unit);
        }
    }
}
