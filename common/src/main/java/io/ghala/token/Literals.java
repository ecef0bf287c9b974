package io.ghala.token;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/** Which texts are values of which types, and those values. The one place that evidence and building agree on. */
public final class Literals {
    /** Characters of a date. */
    public static final int DATE_LENGTH = 10;

    private static final int SECONDS_LENGTH = 8;
    private static final int MOST_FRACTION = 9;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int MOST_OFFSET_SECONDS = 18 * 3600;

    private Literals() {}

    /** A valid {@code YYYY-MM-DD}. */
    public static Optional<LocalDate> date(String text) {
        return text.length() == DATE_LENGTH ? startingDate(text) : Optional.empty();
    }

    /** The date that a text of at least ten characters begins with. */
    private static Optional<LocalDate> startingDate(String text) {
        if (text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Optional.empty();
        }
        for (int i = 0; i < DATE_LENGTH; i++) {
            char c = text.charAt(i);
            if (i != 4 && i != 7 && (c < '0' || c > '9')) {
                return Optional.empty();
            }
        }
        try {
            int year = Integer.parseInt(text, 0, 4, 10);
            return Optional.of(
                    LocalDate.of(year, Integer.parseInt(text, 5, 7, 10), Integer.parseInt(text, 8, DATE_LENGTH, 10)));
        } catch (DateTimeException e) {
            // 2024-02-30 looks like a date and is none.
            return Optional.empty();
        }
    }

    /**
     * A date as it may stand where the type is known already: also before the year 0 or after 9999, as
     * {@code -YYYY-MM-DD} or {@code +YYYYY-MM-DD}.
     */
    static Optional<LocalDate> castDate(String text) {
        Optional<LocalDate> usual = date(text);
        if (usual.isPresent() || !signed(text)) {
            return usual;
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            // It starts with a sign and is no date.
            return Optional.empty();
        }
    }

    /** A timestamp as it may stand where the type is known already; see {@link #castDate}. */
    static Optional<Timestamp> castTimestamp(String text) {
        int time = text.indexOf('T');
        if (!signed(text) || time < 0) {
            return timestamp(text);
        }
        Optional<LocalDate> date = castDate(text.substring(0, time));
        return date.isPresent() ? timestamp(date.get(), text, time + 1) : Optional.empty();
    }

    private static boolean signed(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    }

    /** Date, {@code T} or blank, time with up to 9 digits of fraction, with or without zone. */
    public static Optional<Timestamp> timestamp(String text) {
        if (text.length() < DATE_LENGTH + 9 || (text.charAt(DATE_LENGTH) != 'T' && text.charAt(DATE_LENGTH) != ' ')) {
            return Optional.empty();
        }
        Optional<LocalDate> date = startingDate(text);
        return date.isPresent() ? timestamp(date.get(), text, DATE_LENGTH + 1) : Optional.empty();
    }

    /**
     * The time, from {@code from} on, is {@code HH:MM:SS}, up to 9 digits of fraction after a point, then {@code Z},
     * {@code ±HH:MM}, {@code ±HHMM} or nothing.
     */
    private static Optional<Timestamp> timestamp(LocalDate date, String text, int from) {
        int hour = twoDigits(text, from);
        int minute = twoDigits(text, from + 3);
        int second = twoDigits(text, from + 6);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Optional.empty();
        }
        if (text.charAt(from + 2) != ':' || text.charAt(from + 5) != ':') {
            return Optional.empty();
        }
        int zoneAt = from + SECONDS_LENGTH;
        int nanos = 0;
        if (zoneAt < text.length() && text.charAt(zoneAt) == '.') {
            int fractionAt = zoneAt + 1;
            zoneAt = digitsFrom(text, fractionAt);
            int digits = zoneAt - fractionAt;
            if (digits < 1 || digits > MOST_FRACTION) {
                return Optional.empty();
            }
            nanos = Integer.parseInt(text, fractionAt, zoneAt, 10);
            for (int i = digits; i < MOST_FRACTION; i++) {
                nanos *= 10;
            }
        }
        boolean zoned = zoneAt < text.length();
        OptionalInt offset = zoned ? offsetSeconds(text.substring(zoneAt)) : OptionalInt.of(0);
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        long seconds = date.toEpochDay() * SECONDS_PER_DAY + (hour * 60L + minute) * 60L + second - offset.getAsInt();
        try {
            return Optional.of(new Timestamp(Instant.ofEpochSecond(seconds, nanos), zoned, nanos % 1000 != 0));
        } catch (DateTimeException e) {
            // With its offset it is before the first instant there is, or after the last.
            return Optional.empty();
        }
    }

    /** Seconds east of UTC, empty for a text that is no zone; an offset beyond ±18:00 is none. */
    private static OptionalInt offsetSeconds(String zone) {
        if (zone.equals("Z")) {
            return OptionalInt.of(0);
        }
        boolean colon = zone.length() == 6 && zone.charAt(3) == ':';
        char sign = zone.charAt(0);
        if ((sign != '+' && sign != '-') || (!colon && zone.length() != 5)) {
            return OptionalInt.empty();
        }
        int hours = twoDigits(zone, 1);
        int minutes = twoDigits(zone, colon ? 4 : 3);
        int seconds = (hours * 60 + minutes) * 60;
        if (hours < 0 || minutes < 0 || minutes > 59 || seconds > MOST_OFFSET_SECONDS) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(sign == '-' ? -seconds : seconds);
    }

    /** The number that two digits of {@code text} are, -1 where two digits are not. */
    private static int twoDigits(String text, int at) {
        return at + 2 <= text.length() && digitsFrom(text, at) >= at + 2
                ? (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0'
                : -1;
    }

    /** A local date and time (as if in UTC) or an instant. */
    public record Timestamp(Instant instant, boolean zoned, boolean belowMicrosecond) {
        static final Instant FIRST_NANO = Instant.parse("1678-01-01T00:00:00Z");
        static final Instant LAST_NANO = Instant.parse("2262-01-01T00:00:00Z");

        public boolean fitsNanoseconds() {
            return !instant.isBefore(FIRST_NANO) && instant.isBefore(LAST_NANO);
        }

        public long micros() {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
        }

        public long nanos() {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        }
    }

    /** Whether a CSV cell is an integer: no leading zero, plus or blank. */
    public static boolean cellInteger(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - from;
        if (digits < 1 || (text.charAt(from) == '0' && digits > 1)) {
            return false;
        }
        return digitsFrom(text, from) == text.length();
    }

    /** Whether a CSV cell is a number with a point or a lower-case exponent, in the form of JSON. */
    public static boolean cellFraction(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int whole = digitsFrom(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        boolean fraction = at < text.length() && text.charAt(at) == '.';
        if (fraction) {
            int end = digitsFrom(text, at + 1);
            if (end == at + 1) {
                return false;
            }
            at = end;
        }
        boolean exponent = at < text.length() && text.charAt(at) == 'e';
        if (exponent) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            int end = digitsFrom(text, at + 1 + sign);
            if (end == at + 1 + sign) {
                return false;
            }
            at = end;
        }
        return at == text.length() && (fraction || exponent);
    }

    private static int digitsFrom(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** {@code true}, {@code True}, {@code TRUE} and the same for false: the boolean cells of CSV. */
    public static Optional<Boolean> cellBoolean(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> Optional.of(true);
            case "false", "False", "FALSE" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** The number, empty where its exponent does not fit an int. */
    public static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
