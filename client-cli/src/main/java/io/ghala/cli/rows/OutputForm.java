package io.ghala.cli.rows;

import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.ResultFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How rows are printed: in a format that the service sends, or as a table for people, which is made here of CSV. */
public record OutputForm(Optional<ResultFormat> sent) {
    public static final OutputForm TABLE = new OutputForm(Optional.empty());
    private static final String TABLE_NAME = "table";

    /** The form that {@code name} says; without one a table on a terminal and {@code usual} elsewhere. */
    public static OutputForm of(@Nullable String name, boolean toTerminal, ResultFormat usual) {
        if (name == null) {
            return toTerminal ? TABLE : new OutputForm(Optional.of(usual));
        }
        if (name.equals(TABLE_NAME)) {
            return TABLE;
        }
        return new OutputForm(Optional.of(Arrays.stream(ResultFormat.values())
                .filter(format -> format.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidValueException("format '" + Excerpt.of(name) + "' is not one of " + names()))));
    }

    public static String names() {
        return Arrays.stream(ResultFormat.values()).map(ResultFormat::label).collect(Collectors.joining(", ", "", ", "))
                + TABLE_NAME;
    }

    /** What the service is asked for. */
    public ResultFormat asked() {
        return sent.orElse(ResultFormat.CSV);
    }

    boolean isTable() {
        return sent.isEmpty();
    }

    @Override
    public String toString() {
        return sent.map(ResultFormat::label).orElse(TABLE_NAME);
    }
}
