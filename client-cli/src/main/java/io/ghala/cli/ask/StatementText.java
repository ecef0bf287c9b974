package io.ghala.cli.ask;

/** Finds where the first statement in a text ends: at a semicolon outside of quotes and comments. */
final class StatementText {
    private final String text;
    private int at;

    private StatementText(String text) {
        this.text = text;
    }

    /** The index after the semicolon, -1 when the statement is not complete. */
    static int end(String text) {
        return new StatementText(text).end();
    }

    private int end() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                return at + 1;
            }
            if (c == '\'' || c == '"') {
                skipTo(String.valueOf(c), 1);
            } else if (text.startsWith("--", at)) {
                skipTo("\n", 2);
            } else if (text.startsWith("/*", at)) {
                skipTo("*/", 2);
            } else {
                at++;
            }
        }
        return -1;
    }

    private void skipTo(String end, int from) {
        int found = text.indexOf(end, at + from);
        at = found < 0 ? text.length() : found + end.length();
    }
}
