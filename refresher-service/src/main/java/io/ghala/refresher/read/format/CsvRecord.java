package io.ghala.refresher.read.format;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/** The cells of the record that was read last, as UTF-8; the next record takes its place. */
final class CsvRecord extends AbstractBaseCsvCallbackHandler<CsvRecord> {
    private static final int FIRST_BEYOND_ASCII = 0x80;
    private final ByteText text = new ByteText();
    private final BitSet quoted = new BitSet();
    private int[] ends = new int[16];
    private int cells;
    private long line;

    @Override
    protected void handleBegin(long startingLineNumber) {
        text.clear();
        quoted.clear();
        cells = 0;
        line = startingLineNumber;
    }

    @Override
    protected void handleField(int index, char[] chars, int offset, int length, boolean isQuoted) {
        add(chars, offset, length);
        if (cells == ends.length) {
            ends = Arrays.copyOf(ends, 2 * cells);
        }
        if (isQuoted) {
            quoted.set(cells);
        }
        ends[cells++] = text.length();
    }

    private void add(char[] chars, int offset, int length) {
        byte[] to = text.room(length);
        int at = text.length();
        for (int i = 0; i < length; i++) {
            char c = chars[offset + i];
            if (c >= FIRST_BEYOND_ASCII) {
                byte[] utf8 = new String(chars, offset, length).getBytes(StandardCharsets.UTF_8);
                text.add(utf8, 0, utf8.length);
                return;
            }
            to[at + i] = (byte) c;
        }
        text.taken(length);
    }

    @Override
    protected CsvRecord buildRecord() {
        return this;
    }

    /** Where in the file it begins, from 1. */
    long line() {
        return line;
    }

    int cells() {
        return cells;
    }

    boolean quoted(int cell) {
        return quoted.get(cell);
    }

    /** The bytes that {@link #from} and {@link #to} point into. */
    byte[] bytes() {
        return text.bytes();
    }

    int from(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int to(int cell) {
        return ends[cell];
    }

    String text(int cell) {
        return new String(bytes(), from(cell), to(cell) - from(cell), StandardCharsets.UTF_8);
    }
}
