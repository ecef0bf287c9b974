package io.ghala.queryservice.fetch;

import io.ghala.snapshot.codec.BlobRows;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.arrow.vector.VarCharVector;

/** A column of texts of a blob. */
final class TextColumn {
    private final boolean nulls;
    private final ByteBuffer validity;
    private final int[] offsets;
    private final byte[] texts;

    /**
     * @param node of the column
     * @param buffer the first of its buffers
     */
    TextColumn(BlobRows blob, int node, int buffer) {
        this.nulls = blob.node(node).getNullCount() > 0;
        this.validity = blob.buffer(buffer);
        this.offsets = new int[blob.rows() + 1];
        if (blob.rows() > 0) {
            blob.buffer(buffer + 1).asIntBuffer().get(offsets);
        }
        this.texts = new byte[offsets[blob.rows()]];
        blob.buffer(buffer + 2).get(texts);
    }

    int rows() {
        return offsets.length - 1;
    }

    boolean isNull(int row) {
        return nulls && (validity.get(row / Byte.SIZE) >> (row % Byte.SIZE) & 1) == 0;
    }

    /** Whether a row that is not the first has the text of the one before, or neither has any. */
    boolean sameAsBefore(int row) {
        return Arrays.equals(texts, offsets[row - 1], offsets[row], texts, offsets[row], offsets[row + 1])
                && isNull(row) == isNull(row - 1);
    }

    /** Copies the text of a row. */
    void copy(int row, VarCharVector into, int index) {
        if (isNull(row)) {
            into.setNull(index);
        } else {
            into.setSafe(index, texts, offsets[row], offsets[row + 1] - offsets[row]);
        }
    }
}
