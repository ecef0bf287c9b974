package io.ghala.model;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a table, which is also the name of its folder: {@code [a-z_][a-z0-9_]{0,62}}. */
public record TableName(String value) implements Comparable<TableName> {
    private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    public TableName {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("table name '" + Excerpt.of(value)
                    + "' is not valid: use 1 to 63 of a-z, 0-9 and _, not starting with a digit");
        }
    }

    /** The name if it is one, else empty: for folders that people made and that need not be tables. */
    public static Optional<TableName> ofFolder(String folder) {
        return FORM.matcher(folder).matches() ? Optional.of(new TableName(folder)) : Optional.empty();
    }

    @Override
    public int compareTo(TableName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
