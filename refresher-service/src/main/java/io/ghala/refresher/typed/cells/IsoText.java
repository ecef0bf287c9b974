package io.ghala.refresher.typed.cells;

import io.ghala.snapshot.text.Utf8Buffer;
import java.time.LocalDate;
import org.apache.arrow.vector.types.TimeUnit;

/** Dates, times and intervals by ISO 8601, fractions of a second without trailing zeros. */
final class IsoText {
    static final long NANOS = 1_000_000_000L;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int MONTHS_PER_YEAR = 12;
    private static final int MOST_PLAIN_YEAR = 9999;

    private IsoText() {}

    static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case SECOND -> 1L;
            case MILLISECOND -> 1_000L;
            case MICROSECOND -> 1_000_000L;
            case NANOSECOND -> NANOS;
        };
    }

    static void date(long day, Utf8Buffer out) {
        LocalDate date = LocalDate.ofEpochDay(day);
        int year = date.getYear();
        if (year < 0 || year > MOST_PLAIN_YEAR) {
            out.text(date.toString());
            return;
        }
        two(year / 100, out);
        two(year % 100, out);
        out.ascii('-');
        two(date.getMonthValue(), out);
        out.ascii('-');
        two(date.getDayOfMonth(), out);
    }

    static void timestamp(long second, int nanos, Utf8Buffer out) {
        date(Math.floorDiv(second, SECONDS_PER_DAY), out);
        out.ascii('T');
        time(Math.floorMod(second, SECONDS_PER_DAY), nanos, out);
    }

    static void time(int second, int nanos, Utf8Buffer out) {
        two(second / SECONDS_PER_HOUR, out);
        out.ascii(':');
        two(second / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, out);
        out.ascii(':');
        two(second % SECONDS_PER_MINUTE, out);
        fraction(nanos, out);
    }

    /** The interval as {@code P1Y2M3DT4H5M6.7S}; {@code PT0S} for none. */
    static void interval(long months, long days, long nanos, Utf8Buffer out) {
        int start = out.size();
        out.ascii('P');
        part(months / MONTHS_PER_YEAR, 'Y', out);
        part(months % MONTHS_PER_YEAR, 'M', out);
        part(days, 'D', out);
        if (nanos != 0 || out.size() == start + 1) {
            out.ascii('T');
            long seconds = nanos / NANOS;
            part(seconds / SECONDS_PER_HOUR, 'H', out);
            part(seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 'M', out);
            int rest = (int) (nanos % NANOS);
            if (seconds % SECONDS_PER_MINUTE != 0 || rest != 0 || out.size() == start + 2) {
                if (nanos < 0) {
                    out.ascii('-');
                }
                out.number(Math.abs(seconds % SECONDS_PER_MINUTE));
                fraction(Math.abs(rest), out);
                out.ascii('S');
            }
        }
    }

    private static void part(long count, char unit, Utf8Buffer out) {
        if (count != 0) {
            out.number(count).ascii(unit);
        }
    }

    private static void fraction(int nanos, Utf8Buffer out) {
        if (nanos != 0) {
            out.ascii('.');
            int rest = nanos;
            for (int digit = 100_000_000; rest > 0; digit /= 10) {
                out.ascii((char) ('0' + rest / digit));
                rest %= digit;
            }
        }
    }

    private static void two(int number, Utf8Buffer out) {
        out.ascii((char) ('0' + number / 10)).ascii((char) ('0' + number % 10));
    }
}
