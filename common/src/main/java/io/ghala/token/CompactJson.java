package io.ghala.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads nested values back from the form that cells hold them in: valid JSON in UTF-8 without blanks between tokens,
 * which was checked when it was written. Many short values cost less this way than with a parser for each.
 */
public final class CompactJson {
    private static final int UNICODE_DIGITS = 4;
    private final byte[] json;
    private final int end;
    private int at;

    private CompactJson(byte[] json, int from, int to) {
        this.json = json;
        this.at = from;
        this.end = to;
    }

    /**
     * The value that the bytes from {@code from} to {@code to} are.
     *
     * @throws IllegalStateException when they are no such value
     */
    public static Token read(byte[] json, int from, int to) {
        CompactJson reading = new CompactJson(json, from, to);
        Token token = reading.value();
        if (reading.at != to) {
            throw reading.damaged();
        }
        return token;
    }

    private Token value() {
        return switch (byteAt(at)) {
            case '[' -> array();
            case '{' -> object();
            case '"' -> new Token.Scalar(TokenKind.STRING, string());
            default -> bare();
        };
    }

    private Token array() {
        List<Token> elements = new ArrayList<>();
        at++;
        if (!taken(']')) {
            do {
                elements.add(value());
            } while (taken(','));
            take(']');
        }
        return new Token.ArrayToken(elements);
    }

    private Token object() {
        List<Token.Field> fields = new ArrayList<>();
        at++;
        if (!taken('}')) {
            do {
                String name = string();
                take(':');
                fields.add(new Token.Field(name, value()));
            } while (taken(','));
            take('}');
        }
        return new Token.ObjectToken(fields);
    }

    private Token bare() {
        int from = at;
        while (at < end && json[at] != ',' && json[at] != ']' && json[at] != '}') {
            at++;
        }
        if (from == at) {
            throw damaged();
        }
        String text = new String(json, from, at - from, StandardCharsets.US_ASCII);
        return new Token.Scalar(
                switch (text) {
                    case "null" -> TokenKind.NULL;
                    case "true" -> TokenKind.TRUE;
                    case "false" -> TokenKind.FALSE;
                    default -> TokenKind.NUMBER;
                },
                text);
    }

    private String string() {
        take('"');
        int from = at;
        while (byteAt(at) != '"') {
            if (json[at] == '\\') {
                return escaped(from);
            }
            at++;
        }
        String text = new String(json, from, at - from, StandardCharsets.UTF_8);
        at++;
        return text;
    }

    /** A string with a backslash, where the reading stands. */
    private String escaped(int from) {
        StringBuilder text = new StringBuilder();
        int plain = from;
        while (byteAt(at) != '"') {
            if (json[at] == '\\') {
                text.append(new String(json, plain, at - plain, StandardCharsets.UTF_8));
                text.append(unescaped());
                plain = at;
            } else {
                at++;
            }
        }
        text.append(new String(json, plain, at - plain, StandardCharsets.UTF_8));
        at++;
        return text.toString();
    }

    private char unescaped() {
        byte escape = byteAt(at + 1);
        at += 2;
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                byteAt(at + UNICODE_DIGITS - 1);
                String digits = new String(json, at, UNICODE_DIGITS, StandardCharsets.US_ASCII);
                at += UNICODE_DIGITS;
                yield (char) Integer.parseInt(digits, 16);
            }
            default -> (char) escape;
        };
    }

    private byte byteAt(int position) {
        if (position >= end) {
            throw damaged();
        }
        return json[position];
    }

    private boolean taken(char expected) {
        boolean there = byteAt(at) == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void take(char expected) {
        if (!taken(expected)) {
            throw damaged();
        }
    }

    private IllegalStateException damaged() {
        return new IllegalStateException("a nested cell is no compact JSON at its byte " + at);
    }
}
