package io.ghala.intent;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.StreamId;
import java.util.Optional;

/**
 * What must hold of a row for a write to be applied. It is decided once, when everything queued before the write is
 * settled.
 */
public sealed interface RowCondition {
    /** As it is queued: {@code absent}, a stream id, or {@code <=} and a stream id. */
    String text();

    /** There is no visible row with the id. */
    record Absent() implements RowCondition {
        @Override
        public String text() {
            return "absent";
        }
    }

    /** The row is what the write {@code version} made it: its {@code _version} as a query showed it. */
    record Is(StreamId version) implements RowCondition {
        @Override
        public String text() {
            return version.toString();
        }
    }

    /** No write later than {@code version} was applied to the row. */
    record NotAfter(StreamId version) implements RowCondition {
        @Override
        public String text() {
            return "<=" + version;
        }
    }

    /**
     * Reads a condition.
     *
     * @throws InvalidValueException when {@code text} is none
     */
    static RowCondition parse(String text) {
        if (text.equals("absent")) {
            return new Absent();
        }
        boolean notAfter = text.startsWith("<=");
        Optional<StreamId> version = StreamId.tryParse(notAfter ? text.substring(2) : text);
        if (version.isEmpty()) {
            throw new InvalidValueException("version '" + Excerpt.of(text)
                    + "' is neither absent nor a row's _version such as 1763812345678-0");
        }
        return notAfter ? new NotAfter(version.get()) : new Is(version.get());
    }
}
