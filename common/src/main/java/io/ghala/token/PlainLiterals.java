package io.ghala.token;

import java.time.LocalDate;

/**
 * The forms that most numbers and timestamps are written in, straight from their bytes; any other form is for
 * {@link Literals}, which agrees.
 */
public final class PlainLiterals {
    /** What {@link #micros} answers for any other text. */
    public static final long NOT_PLAIN = Long.MIN_VALUE;

    private static final int TIMESTAMP_LENGTH = 19;
    private static final int MOST_LENGTH = 15;
    private static final int DAYS_OF_ALL_MONTHS = 28;
    private static final int NO_DIGITS = -1_000_000;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private PlainLiterals() {}

    public static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    /**
     * What {@link Literals#timestamp} says of the plain form {@code YYYY-MM-DD HH:MM:SS}, with a {@code T} or a blank
     * and neither fraction nor zone.
     *
     * @return microseconds since 1970, {@link #NOT_PLAIN} for any other text
     */
    public static long micros(byte[] text, int from, int to) {
        if (to - from != TIMESTAMP_LENGTH || !plainMarks(text, from)) {
            return NOT_PLAIN;
        }
        int century = twoDigits(text, from);
        int year = century * 100 + twoDigits(text, from + 2);
        int month = twoDigits(text, from + 5);
        int day = twoDigits(text, from + 8);
        int hour = twoDigits(text, from + 11);
        int minute = twoDigits(text, from + 14);
        int second = twoDigits(text, from + 17);
        boolean digits = (century | year | month | day | hour | minute | second) >= 0;
        if (!digits || month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) {
            return NOT_PLAIN;
        }
        LocalDate first = LocalDate.of(year, month, 1);
        if (day > DAYS_OF_ALL_MONTHS && day > first.lengthOfMonth()) {
            return NOT_PLAIN;
        }
        long days = first.toEpochDay() + day - 1;
        return (days * SECONDS_PER_DAY + (hour * 60L + minute) * 60L + second) * MICROS_PER_SECOND;
    }

    private static boolean plainMarks(byte[] text, int from) {
        byte between = text[from + Literals.DATE_LENGTH];
        return text[from + 4] == '-'
                && text[from + 7] == '-'
                && (between == 'T' || between == ' ')
                && text[from + 13] == ':'
                && text[from + 16] == ':';
    }

    /** The number that two digits are, negative where two digits are not. */
    private static int twoDigits(byte[] text, int at) {
        return digit(text[at]) && digit(text[at + 1]) ? (text[at] - '0') * 10 + text[at + 1] - '0' : NO_DIGITS;
    }

    /** Whether microseconds since 1970 can be counted in nanoseconds as well. */
    public static boolean fitsNanoseconds(long micros) {
        return micros >= Literals.Timestamp.FIRST_NANO.getEpochSecond() * MICROS_PER_SECOND
                && micros < Literals.Timestamp.LAST_NANO.getEpochSecond() * MICROS_PER_SECOND;
    }

    /**
     * What {@link Double#parseDouble} says of at most 15 digits with or without a point between them. Both they and the
     * power of ten that they are divided by are exact, so that the quotient is the nearest there is.
     *
     * @return the number, NaN for any other text
     */
    public static double number(byte[] text, int from, int to) {
        int at = from < to && text[from] == '-' ? from + 1 : from;
        int first = at;
        int point = to;
        long digits = 0;
        for (; at < to; at++) {
            if (digit(text[at])) {
                digits = digits * 10 + text[at] - '0';
            } else if (text[at] == '.' && point == to && at > first && at + 1 < to) {
                point = at;
            } else {
                return Double.NaN;
            }
        }
        if (first == to || to - first > MOST_LENGTH) {
            return Double.NaN;
        }
        double value = point == to ? digits : digits / POWERS_OF_TEN[to - point - 1];
        return first > from ? -value : value;
    }
}
