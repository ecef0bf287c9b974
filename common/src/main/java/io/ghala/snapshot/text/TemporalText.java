package io.ghala.snapshot.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Dates, times, timestamps and intervals by ISO 8601; DuckDB's endless dates and timestamps are {@code infinity} and
 * {@code -infinity}.
 */
final class TemporalText {
    private static final String ENDLESS = "infinity";
    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(TIME)
            .toFormatter(Locale.ROOT);

    private TemporalText() {}

    /** The texts of a vector; empty when it is of another kind. */
    static Optional<CellText.TextOf> of(FieldVector vector) {
        if (vector instanceof DateDayVector date) {
            return Optional.of(row -> date(date.get(row)));
        }
        if (vector instanceof TimeMicroVector time) {
            return Optional.of(row -> time(time.get(row) * NANOS_PER_MICRO));
        }
        if (vector instanceof TimeNanoVector time) {
            return Optional.of(row -> time(time.get(row)));
        }
        if (vector instanceof TimeStampVector timestamp) {
            ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
            String suffix = type.getTimezone() == null ? "" : "Z";
            return Optional.of(row -> timestamp(timestamp.get(row), type.getUnit(), suffix));
        }
        if (vector instanceof IntervalMonthDayNanoVector interval) {
            ArrowBuf data = interval.getDataBuffer();
            return Optional.of(row -> IsoInterval.text(
                    IntervalMonthDayNanoVector.getMonths(data, row),
                    IntervalMonthDayNanoVector.getDays(data, row),
                    IntervalMonthDayNanoVector.getNanoseconds(data, row)));
        }
        return Optional.empty();
    }

    private static String date(int day) {
        if (Math.abs((long) day) == Integer.MAX_VALUE) {
            return day > 0 ? ENDLESS : "-" + ENDLESS;
        }
        return LocalDate.ofEpochDay(day).toString();
    }

    /** The end of a day is a time of its own: 24:00:00. */
    private static String time(long nanos) {
        return nanos == NANOS_PER_DAY ? "24:00:00" : TIME.format(LocalTime.ofNanoOfDay(nanos));
    }

    private static String timestamp(long value, TimeUnit unit, String suffix) {
        if (Math.abs(value) == Long.MAX_VALUE) {
            return value > 0 ? ENDLESS : "-" + ENDLESS;
        }
        long perSecond =
                switch (unit) {
                    case SECOND -> 1L;
                    case MILLISECOND -> 1_000L;
                    case MICROSECOND -> 1_000_000L;
                    case NANOSECOND -> NANOS_PER_SECOND;
                };
        long nanos = Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond);
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(value, perSecond), nanos);
        return TIMESTAMP.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + suffix;
    }
}
