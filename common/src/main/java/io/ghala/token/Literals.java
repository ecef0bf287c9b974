package io.ghala.token;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which texts are values of which types, and those values. The one place that evidence and building agree on. */
public final class Literals {
    private static final int DATE_LENGTH = 10;
    private static final Pattern TIME = Pattern.compile(
            "([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:?[0-9]{2})?");
    private static final int ZONE_GROUP = 5;

    private Literals() {}

    /** A valid {@code YYYY-MM-DD}. */
    public static Optional<LocalDate> date(String text) {
        if (text.length() != DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
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

    /** A date as it may stand where the type is known already: also before the year 0 or after 9999, as {@code -YYYY-MM-DD} or {@code +YYYYY-MM-DD}. */
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
        return castDate(text.substring(0, time)).flatMap(date -> timestamp(date, text.substring(time + 1)));
    }

    private static boolean signed(String text) {
        return !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
    }

    /** Date, {@code T} or blank, time with up to 9 digits of fraction, with or without zone. */
    public static Optional<Timestamp> timestamp(String text) {
        if (text.length() < DATE_LENGTH + 9 || (text.charAt(DATE_LENGTH) != 'T' && text.charAt(DATE_LENGTH) != ' ')) {
            return Optional.empty();
        }
        return date(text.substring(0, DATE_LENGTH)).flatMap(date -> timestamp(date, text.substring(DATE_LENGTH + 1)));
    }

    private static Optional<Timestamp> timestamp(LocalDate date, String timeText) {
        Matcher time = TIME.matcher(timeText);
        if (!time.matches()) {
            return Optional.empty();
        }
        String fraction = time.group(4) == null ? "" : time.group(4);
        int nanos = fraction.isEmpty() ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
        LocalDateTime local = date.atTime(
                Integer.parseInt(time.group(1)),
                Integer.parseInt(time.group(2)),
                Integer.parseInt(time.group(3)),
                nanos);
        String zone = time.group(ZONE_GROUP);
        try {
            Instant instant = zone == null
                    ? local.toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.of(local, offset(zone)).toInstant();
            return Optional.of(new Timestamp(instant, zone != null, nanos % 1000 != 0));
        } catch (DateTimeException e) {
            // An offset beyond ±18:00 is none.
            return Optional.empty();
        }
    }

    private static ZoneOffset offset(String zone) {
        if (zone.equals("Z")) {
            return ZoneOffset.UTC;
        }
        return ZoneOffset.of(zone.length() == 5 ? zone.substring(0, 3) + ":" + zone.substring(3) : zone);
    }

    /** A local date and time (as if in UTC) or an instant. */
    public record Timestamp(Instant instant, boolean zoned, boolean belowMicrosecond) {
        private static final Instant FIRST_NANO = Instant.parse("1678-01-01T00:00:00Z");
        private static final Instant LAST_NANO = Instant.parse("2262-01-01T00:00:00Z");

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
