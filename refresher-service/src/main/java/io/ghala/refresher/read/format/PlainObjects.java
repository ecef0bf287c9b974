package io.ghala.refresher.read.format;

import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.RowWriter.Named;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes JSON objects apart straight from their bytes, as far as there is no doubt about them: anything that is not
 * plainly RFC 8259 is left to a parser, which takes it or says what is wrong with it. Knows the names of the objects
 * before, so that equal names are found out about once.
 */
public final class PlainObjects {
    private static final int DOUBT = -1;
    private static final int DEEPEST = 32;
    private static final int SPACE = ' ';
    private final RowWriter out;
    private final JsonStrings strings = new JsonStrings();
    private final ByteText nested = new ByteText();
    private @Nullable Named[] expected = new Named[16];
    private byte[] bytes = {};
    private int at;
    private int end;

    public PlainObjects(RowWriter out) {
        this.out = out;
    }

    /**
     * Writes the fields of the object that begins at {@code from}; its row is not ended.
     *
     * @param to where the file ends; the byte there is a line feed
     * @return where the object ends, negative when it is for a parser; then some of its cells may have been written
     */
    public int read(byte[] json, int from, int to) {
        bytes = json;
        at = from + 1;
        end = to;
        space();
        if (taken('}')) {
            return at;
        }
        int position = 0;
        do {
            space();
            if (!field(position++)) {
                return DOUBT;
            }
            space();
        } while (taken(','));
        return taken('}') ? at : DOUBT;
    }

    private boolean field(int position) {
        Named column = name(position);
        if (column == null) {
            return false;
        }
        space();
        if (!taken(':')) {
            return false;
        }
        space();
        return switch (bytes[at]) {
            case '"' -> string(column, position);
            case '[', '{' -> nested(column, position);
            case 't' -> word(column, position, JsonStrings.TRUE, TokenKind.TRUE);
            case 'f' -> word(column, position, JsonStrings.FALSE, TokenKind.FALSE);
            case 'n' -> word(column, position, JsonStrings.NULL, TokenKind.NULL);
            default -> number(column, position);
        };
    }

    private @Nullable Named name(int position) {
        if (bytes[at] != '"') {
            return null;
        }
        int next = strings.read(bytes, at);
        if (next < 0) {
            return null;
        }
        at = next;
        if (position >= expected.length) {
            expected = Arrays.copyOf(expected, position * 2);
        }
        Named known = expected[position];
        if (known == null || !known.is(strings.text(), strings.from(), strings.to())) {
            known = out.named(
                    new String(strings.text(), strings.from(), strings.to() - strings.from(), StandardCharsets.UTF_8));
            expected[position] = known;
        }
        return known;
    }

    private boolean string(Named column, int position) {
        int next = strings.read(bytes, at);
        if (next < 0) {
            return false;
        }
        at = next;
        out.scalar(column, position, TokenKind.STRING, strings.text(), strings.from(), strings.to());
        return true;
    }

    private boolean word(Named column, int position, byte[] word, TokenKind kind) {
        int next = JsonStrings.afterWord(bytes, at, word);
        if (next < 0) {
            return false;
        }
        out.scalar(column, position, kind, bytes, at, at);
        at = next;
        return true;
    }

    private boolean number(Named column, int position) {
        int next = JsonStrings.afterNumber(bytes, at);
        if (next < 0) {
            return false;
        }
        out.scalar(column, position, TokenKind.NUMBER, bytes, at, next);
        at = next;
        return true;
    }

    private boolean nested(Named column, int position) {
        nested.clear();
        if (!compact(0)) {
            return false;
        }
        out.nested(column, position, nested.bytes(), nested.length());
        return true;
    }

    /** Writes the value without blanks to {@link #nested}; false when it is for a parser. */
    private boolean compact(int depth) {
        return switch (bytes[at]) {
            case '[' -> depth < DEEPEST && compactAll(depth + 1, ']');
            case '{' -> depth < DEEPEST && compactAll(depth + 1, '}');
            case '"' -> compactString();
            case 't' -> copy(JsonStrings.afterWord(bytes, at, JsonStrings.TRUE));
            case 'f' -> copy(JsonStrings.afterWord(bytes, at, JsonStrings.FALSE));
            case 'n' -> copy(JsonStrings.afterWord(bytes, at, JsonStrings.NULL));
            default -> copy(JsonStrings.afterNumber(bytes, at));
        };
    }

    private boolean compactAll(int depth, char close) {
        copy(at + 1);
        space();
        if (bytes[at] == close) {
            return copy(at + 1);
        }
        while (true) {
            if (!(close == ']' || compactName()) || !compact(depth)) {
                return false;
            }
            space();
            boolean last = bytes[at] == close;
            if (!last && bytes[at] != ',') {
                return false;
            }
            copy(at + 1);
            if (last) {
                return true;
            }
            space();
        }
    }

    private boolean compactName() {
        if (bytes[at] != '"' || !compactString()) {
            return false;
        }
        space();
        if (bytes[at] != ':') {
            return false;
        }
        copy(at + 1);
        space();
        return true;
    }

    private boolean compactString() {
        int next = strings.read(bytes, at);
        if (next < 0 || strings.text() == bytes) {
            return copy(next);
        }
        String text = new String(strings.text(), 0, strings.to(), StandardCharsets.UTF_8);
        byte[] quoted = new Token.Scalar(TokenKind.STRING, text).json().getBytes(StandardCharsets.UTF_8);
        nested.add(quoted, 0, quoted.length);
        at = next;
        return true;
    }

    /** Copies up to {@code to}; false where that is negative. */
    private boolean copy(int to) {
        if (to < 0) {
            return false;
        }
        nested.add(bytes, at, to);
        at = to;
        return true;
    }

    private boolean taken(char expectedByte) {
        boolean there = bytes[at] == expectedByte;
        at += there ? 1 : 0;
        return there;
    }

    /** Skips blanks, up to the line feed at the end of the file. */
    private void space() {
        byte next = bytes[at];
        while (next <= SPACE && at < end && (next == ' ' || next == '\n' || next == '\r' || next == '\t')) {
            next = bytes[++at];
        }
    }
}
