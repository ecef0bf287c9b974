package io.ghala.refresher.rows;

import io.ghala.token.TokenKind;

/**
 * Tokens of some rows of one column.
 *
 * @param kinds a {@link TokenKind} code per row
 * @param lengths bytes of text per row
 * @param text the UTF-8 texts end to end
 */
@SuppressWarnings("ArrayRecordComponent") // millions of cells are neither copied nor compared
public record CellBlock(byte[] kinds, int[] lengths, byte[] text) {
    /** The same token {@code count} times. */
    public static CellBlock repeated(int count, TokenKind kind, byte[] text) {
        byte[] kinds = new byte[count];
        int[] lengths = new int[count];
        byte[] texts = new byte[count * text.length];
        for (int i = 0; i < count; i++) {
            kinds[i] = kind.code();
            lengths[i] = text.length;
            System.arraycopy(text, 0, texts, i * text.length, text.length);
        }
        return new CellBlock(kinds, lengths, texts);
    }
}
