package io.ghala.refresher.read.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the ends of JSON tokens in bytes that end with a line feed, and what their strings say. Negative answers mean
 * that the bytes are not plainly such a token.
 */
final class JsonStrings {
    static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final int UNICODE_DIGITS = 4;
    private static final int FIRST_PLAIN = ' ';

    private final ByteText unescaped = new ByteText();
    private byte[] text = {};
    private int from;
    private int to;

    /** Reads the string whose first quote is at {@code quote}; returns where it ends. */
    int read(byte[] json, int quote) {
        int start = quote + 1;
        int stop = start;
        int all = 0;
        byte next = json[stop];
        while (next != '"' && next != '\\' && (next >= FIRST_PLAIN || next < 0)) {
            all |= next;
            next = json[++stop];
        }
        if (next != '"') {
            return next == '\\' ? readEscaped(json, start, stop) : -1;
        }
        is(json, start, stop);
        return all >= 0 || valid() ? stop + 1 : -1;
    }

    private void is(byte[] bytes, int first, int last) {
        text = bytes;
        from = first;
        to = last;
    }

    /**
     * The bytes that {@link #from} and {@link #to} point into: those that were read from, or others where there were
     * escapes.
     */
    byte[] text() {
        return text;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    private int readEscaped(byte[] json, int start, int firstEscape) {
        unescaped.clear();
        unescaped.add(json, start, firstEscape);
        int at = firstEscape;
        while (json[at] != '"') {
            byte next = json[at];
            if (next == '\\') {
                at = unescape(json, at + 1);
                if (at < 0) {
                    return -1;
                }
            } else if (next >= FIRST_PLAIN || next < 0) {
                unescaped.add(next);
                at++;
            } else {
                return -1;
            }
        }
        is(unescaped.bytes(), 0, unescaped.length());
        return valid() ? at + 1 : -1;
    }

    /** Adds what the escape whose letter is at {@code at} stands for; returns where it ends. */
    private int unescape(byte[] json, int at) {
        if (json[at] == 'u') {
            return unescapeUnicode(json, at + 1);
        }
        int letter = "\"\\/bfnrt".indexOf(json[at]);
        if (letter < 0) {
            return -1;
        }
        unescaped.add((byte) "\"\\/\b\f\n\r\t".charAt(letter));
        return at + 1;
    }

    private int unescapeUnicode(byte[] json, int at) {
        int unit = unit(json, at);
        int next = at + UNICODE_DIGITS;
        if (unit < 0 || Character.isLowSurrogate((char) unit)) {
            return -1;
        }
        int codePoint = unit;
        if (Character.isHighSurrogate((char) unit)) {
            int low = json[next] == '\\' && json[next + 1] == 'u' ? unit(json, next + 2) : -1;
            if (low < 0 || !Character.isLowSurrogate((char) low)) {
                return -1;
            }
            codePoint = Character.toCodePoint((char) unit, (char) low);
            next += 2 + UNICODE_DIGITS;
        }
        byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        unescaped.add(utf8, 0, utf8.length);
        return next;
    }

    private static int unit(byte[] json, int at) {
        int unit = 0;
        for (int i = 0; i < UNICODE_DIGITS; i++) {
            // The line feed at the end is no digit.
            int digit = Character.digit(json[at + i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Whether the text is UTF-8 and nothing looser. */
    private boolean valid() {
        byte[] again = new String(text, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, text, from, to);
    }

    /** Where the word that should begin at {@code at} ends. */
    static int afterWord(byte[] json, int at, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (json[at + i] != word[i]) {
                return -1;
            }
        }
        return at + word.length;
    }

    /** Where the number that should begin at {@code at} ends. */
    static int afterNumber(byte[] json, int at) {
        int whole = json[at] == '-' ? at + 1 : at;
        int end = afterDigits(json, whole);
        if (end == whole || (json[whole] == '0' && end > whole + 1)) {
            return -1;
        }
        if (json[end] == '.') {
            int fraction = end + 1;
            end = afterDigits(json, fraction);
            if (end == fraction) {
                return -1;
            }
        }
        return json[end] == 'e' || json[end] == 'E' ? afterExponent(json, end + 1) : end;
    }

    private static int afterExponent(byte[] json, int at) {
        int digits = json[at] == '-' || json[at] == '+' ? at + 1 : at;
        int end = afterDigits(json, digits);
        return end == digits ? -1 : end;
    }

    private static int afterDigits(byte[] json, int from) {
        int at = from;
        while (json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at;
    }
}
