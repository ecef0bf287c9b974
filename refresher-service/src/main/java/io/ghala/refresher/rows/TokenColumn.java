package io.ghala.refresher.rows;

import io.ghala.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The tokens of one column: a kind per row and the UTF-8 text of all rows end to end. Rows that were never written are
 * ABSENT.
 */
public final class TokenColumn {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final byte[] NOTHING = {};

    private byte[] kinds = new byte[16];
    private long[] ends = new long[16];
    private byte[] arena = new byte[64];
    private int rows;
    private int used;

    void append(int row, TokenKind kind, String text) {
        if (text.isEmpty()) {
            append(row, kind, NOTHING, 0, 0);
        } else {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            append(row, kind, utf8, 0, utf8.length);
        }
    }

    void append(int row, TokenKind kind, byte[] text, int offset, int length) {
        padTo(row);
        growRows(rows + 1);
        if ((long) used + length > MOST_BYTES) {
            throw new UnreadableFileException(
                    "one of its columns has more than 2 GiB of text: split it into several files");
        }
        if (used + length > arena.length) {
            arena = Arrays.copyOf(arena, grown(arena.length, used + length));
        }
        System.arraycopy(text, offset, arena, used, length);
        used += length;
        kinds[rows] = kind.code();
        ends[rows] = used;
        rows++;
    }

    void append(int row, CellBlock cells) {
        padTo(row);
        int count = cells.kinds().length;
        growRows(rows + count);
        long needed = (long) used + cells.text().length;
        if (needed > MOST_BYTES) {
            throw new UnreadableFileException("a column has more than " + MOST_BYTES + " bytes of text");
        }
        if (needed > arena.length) {
            arena = Arrays.copyOf(arena, grown(arena.length, (int) needed));
        }
        System.arraycopy(cells.text(), 0, arena, used, cells.text().length);
        System.arraycopy(cells.kinds(), 0, kinds, rows, count);
        for (int i = 0; i < count; i++) {
            used += cells.lengths()[i];
            ends[rows + i] = used;
        }
        rows += count;
    }

    private void padTo(int row) {
        growRows(row + 1);
        while (rows < row) {
            kinds[rows] = TokenKind.ABSENT.code();
            ends[rows] = used;
            rows++;
        }
    }

    private void growRows(int needed) {
        if (needed > kinds.length) {
            int size = grown(kinds.length, needed);
            kinds = Arrays.copyOf(kinds, size);
            ends = Arrays.copyOf(ends, size);
        }
    }

    private static int grown(int size, int needed) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, size * 2L));
    }

    void truncate(int row) {
        if (rows > row) {
            rows = row;
            used = row == 0 ? 0 : (int) ends[row - 1];
        }
    }

    public TokenKind kind(int row) {
        return row < rows ? TokenKind.of(kinds[row]) : TokenKind.ABSENT;
    }

    /** Rows up to the last that was written; all after it are absent. */
    public int rows() {
        return rows;
    }

    /** Whether any of {@code count} rows from {@code row} on is true or false. */
    public boolean anyBoolean(int row, int count) {
        for (int i = row; i < row + count; i++) {
            if (kinds[i] == TokenKind.TRUE.code() || kinds[i] == TokenKind.FALSE.code()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the row holds a value: neither absent nor null. */
    public boolean present(int row) {
        return row < rows && kinds[row] > TokenKind.NULL.code();
    }

    public int start(int row) {
        return row == 0 ? 0 : (int) ends[row - 1];
    }

    /** Where the text of the last row ends. */
    public int end() {
        return used;
    }

    public int length(int row) {
        return (int) ends[row] - start(row);
    }

    /** Bytes of all cells, with eight more for each. */
    long bytes() {
        return used + 8L * rows;
    }

    /** The bytes that {@link #start} and {@link #length} point into; not to be changed. */
    public byte[] arena() {
        return arena;
    }

    /** The text of a row; for booleans {@code true} or {@code false}. */
    public String text(int row) {
        return switch (kind(row)) {
            case TRUE -> "true";
            case FALSE -> "false";
            default -> new String(arena, start(row), length(row), StandardCharsets.UTF_8);
        };
    }
}
