package io.ghala.cli.rows;

/** A cell of a CSV answer: null is an empty cell without quotes, an empty text has quotes. */
record Cell(String text, boolean isNull) {
    private static final String NULL = "NULL";

    /** One line for people: null is NULL, a text that reads NULL has quotes, control characters are escaped. */
    String shown() {
        if (isNull) {
            return NULL;
        }
        if (text.equals(NULL)) {
            return '"' + NULL + '"';
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c)) {
                        out.append(String.format("\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
