package io.ghala.refresher.typed.cells;

import io.ghala.snapshot.text.Utf8Buffer;
import java.time.LocalDate;
import org.apache.arrow.vector.types.TimeUnit;

/** Dates and times by ISO 8601, fractions of a second without trailing zeros. */
final class IsoText {
    static final long NANOS = 1_000_000_000L;

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int SECONDS_PER_MINUTE = 60;
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
