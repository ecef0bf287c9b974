package io.ghala.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an entry in a Redis stream, {@code <milliseconds>-<sequence>}, ordered as Redis orders them. It is also the
 * version of the row that the entry wrote. Only the canonical form without leading zeros is accepted, so one id has one
 * text.
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {
    /** Before every entry. */
    public static final StreamId ZERO = new StreamId(0, 0);

    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,17})-(0|[1-9][0-9]{0,18})");

    public StreamId {
        if (millis < 0 || sequence < 0) {
            throw new InvalidValueException("stream id " + millis + "-" + sequence + " has a negative part");
        }
    }

    public static StreamId parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new InvalidValueException(
                        "stream id '" + Excerpt.of(text) + "' is not of the form milliseconds-sequence"));
    }

    public static Optional<StreamId> tryParse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StreamId(Long.parseLong(m.group(1)), Long.parseLong(m.group(2))));
        } catch (NumberFormatException e) {
            // 19 digits beyond 2^63 - 1: Redis could give such a sequence, but nobody writes that much in a
            // millisecond.
            return Optional.empty();
        }
    }

    /** The greatest id that is less than this one; the one before {@code 0-0} is {@code 0-0}. */
    public StreamId before() {
        if (sequence > 0) {
            return new StreamId(millis, sequence - 1);
        }
        return millis == 0 ? ZERO : new StreamId(millis - 1, Long.MAX_VALUE);
    }

    @Override
    public int compareTo(StreamId other) {
        int byMillis = Long.compare(millis, other.millis);
        return byMillis != 0 ? byMillis : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return millis + "-" + sequence;
    }
}
