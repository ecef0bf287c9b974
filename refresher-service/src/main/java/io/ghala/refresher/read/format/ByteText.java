package io.ghala.refresher.read.format;

import java.util.Arrays;

/** Text in UTF-8 that grows. */
final class ByteText {
    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    void add(byte one) {
        room(1)[length++] = one;
    }

    void add(byte[] from, int start, int end) {
        System.arraycopy(from, start, room(end - start), length, end - start);
        length += end - start;
    }

    /**
     * The bytes it is in, with room for more after {@link #length}; what is put there counts once it is {@link #taken}.
     */
    byte[] room(int more) {
        if (bytes.length - length < more) {
            long doubled = 2L * length + more;
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, doubled));
        }
        return bytes;
    }

    void taken(int more) {
        length += more;
    }

    /** What it is in now, from the first byte on. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
