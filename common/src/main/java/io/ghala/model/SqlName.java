package io.ghala.model;

/** Quotes names and text for SQL. */
public final class SqlName {
    private SqlName() {}

    /** {@code name} as a quoted SQL identifier. */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** {@code text} as an SQL string literal. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
