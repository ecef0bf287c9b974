package io.ghala.token;

/** What a cell's text is. */
public enum TokenKind {
    /** The row has no such column. */
    ABSENT,
    NULL,
    FALSE,
    TRUE,
    /** A JSON number, verbatim. */
    NUMBER,
    /** A JSON string, unescaped; text also when it looks like something else, save dates and timestamps. */
    STRING,
    /** Text without a type of its own: an unquoted or quoted CSV cell, a file's stem, a folder's value. */
    CELL,
    /** A JSON object or array, as compact JSON with numbers verbatim. */
    NESTED;

    private static final TokenKind[] ALL = values();

    /** The kind whose {@link #code()} this is. */
    public static TokenKind of(byte code) {
        return ALL[code];
    }

    /** A byte for the kind within this process; it is stored nowhere else. */
    @SuppressWarnings("EnumOrdinal")
    public byte code() {
        return (byte) ordinal();
    }
}
