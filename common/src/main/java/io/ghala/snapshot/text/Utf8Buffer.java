package io.ghala.snapshot.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** UTF-8 text that grows. Not for several threads. */
public final class Utf8Buffer {
    private static final byte[] ESCAPES = new byte[128];
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static {
        for (int i = 0; i < 0x20; i++) {
            ESCAPES[i] = 'u';
        }
        ESCAPES['"'] = '"';
        ESCAPES['\\'] = '\\';
        ESCAPES['\n'] = 'n';
        ESCAPES['\r'] = 'r';
        ESCAPES['\t'] = 't';
        ESCAPES['\b'] = 'b';
        ESCAPES['\f'] = 'f';
    }

    private static final int MOST_LONG_CHARS = 20;

    private byte[] bytes = new byte[1024];
    private int size;

    public int size() {
        return size;
    }

    public void clear() {
        size = 0;
    }

    /** Shortens the text to {@code length} bytes. */
    public void truncate(int length) {
        size = Math.min(size, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** The bytes themselves, of which the first {@link #size()} are the text. */
    public byte[] array() {
        return bytes;
    }

    private void grow(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    public Utf8Buffer ascii(char c) {
        grow(1);
        bytes[size++] = (byte) c;
        return this;
    }

    public Utf8Buffer text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    public Utf8Buffer raw(byte[] utf8) {
        return raw(utf8, 0, utf8.length);
    }

    public Utf8Buffer raw(byte[] utf8, int offset, int length) {
        grow(length);
        System.arraycopy(utf8, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** The number in decimal. */
    public Utf8Buffer number(long number) {
        if (number == Long.MIN_VALUE) {
            return text(Long.toString(number));
        }
        grow(MOST_LONG_CHARS);
        long rest = Math.abs(number);
        if (number < 0) {
            bytes[size++] = '-';
        }
        int digits = 1;
        for (long power = 10; digits < MOST_LONG_CHARS - 1 && rest >= power; power *= 10) {
            digits++;
        }
        size += digits;
        for (int at = size - 1; digits > 0; digits--) {
            bytes[at--] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** {@code utf8} as a JSON string with its quotes. */
    public Utf8Buffer jsonString(byte[] utf8) {
        grow(utf8.length + 2);
        bytes[size++] = '"';
        for (byte b : utf8) {
            byte escape = b >= 0 ? ESCAPES[b] : 0;
            if (escape == 0) {
                grow(2);
                bytes[size++] = b;
            } else {
                grow(8);
                bytes[size++] = '\\';
                bytes[size++] = escape;
                if (escape == 'u') {
                    bytes[size++] = '0';
                    bytes[size++] = '0';
                    bytes[size++] = HEX[b >> 4];
                    bytes[size++] = HEX[b & 15];
                }
            }
        }
        return ascii('"');
    }

    /** The text from {@code from} on as a CSV cell: quoted where it must be, or when {@code force} says so. */
    void quoteCsvFrom(int from, Quoting quoting) {
        boolean needed = quoting == Quoting.ALWAYS;
        int quotes = 0;
        for (int i = from; i < size; i++) {
            byte b = bytes[i];
            quotes += b == '"' ? 1 : 0;
            needed |= b == '"' || b == ',' || b == '\n' || b == '\r';
        }
        if (!needed) {
            return;
        }
        byte[] cell = Arrays.copyOfRange(bytes, from, size);
        grow(quotes + 2);
        size = from;
        bytes[size++] = '"';
        for (byte b : cell) {
            if (b == '"') {
                bytes[size++] = '"';
            }
            bytes[size++] = b;
        }
        bytes[size++] = '"';
    }

    /** When a CSV cell is quoted. */
    enum Quoting {
        WHERE_NEEDED,
        ALWAYS
    }
}
