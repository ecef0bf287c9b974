package io.ghala.query;

/**
 * The values of a statement's parameters as JSON text: an array for {@code ?} and {@code $1}, an object for
 * {@code $name}. A value is a text, a number, true, false, null or a list of such.
 */
public record SqlParameters(String json) {
    public static final SqlParameters NONE = new SqlParameters("");

    /** Whether no values were given. */
    public boolean isEmpty() {
        return json.isEmpty();
    }
}
