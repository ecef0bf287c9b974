package io.ghala.refresher.parts;

import io.ghala.refresher.rows.TokenColumn;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.VarCharVector;

/** Copies the text of rows that lie end to end in one go. */
final class FillText {
    private FillText() {}

    /**
     * Sets {@code count} rows of the vector from {@code toRow} on, none of which is set yet nor any after them.
     *
     * @param row the first of the tokens, none of which is true or false: these have no text
     */
    static void fill(VarCharVector vector, int toRow, TokenColumn tokens, int row, int count) {
        vector.fillEmpties(toRow);
        while (vector.getValueCapacity() < toRow + count) {
            vector.reallocValidityAndOffsetBuffers();
        }
        int from = tokens.start(row);
        int length = tokens.start(row + count) - from;
        int at = vector.getStartOffset(toRow);
        if (vector.getDataBuffer().capacity() < (long) at + length) {
            vector.reallocDataBuffer((long) at + length);
        }
        vector.getDataBuffer().setBytes(at, tokens.arena(), from, length);
        ArrowBuf offsets = vector.getOffsetBuffer();
        ArrowBuf validity = vector.getValidityBuffer();
        for (int i = 0; i < count; i++) {
            offsets.setInt((toRow + i + 1L) * VarCharVector.OFFSET_WIDTH, at + tokens.start(row + i + 1) - from);
            mark(validity, toRow + i, tokens.present(row + i));
        }
        vector.setLastSet(toRow + count - 1);
    }

    private static void mark(ArrowBuf validity, int row, boolean present) {
        if (present) {
            BitVectorHelper.setBit(validity, row);
        }
    }
}
