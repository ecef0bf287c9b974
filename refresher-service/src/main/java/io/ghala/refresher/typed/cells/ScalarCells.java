package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.ValueEvidence;
import org.apache.arrow.vector.ValueVector;

/** Cells whose evidence is what their type declares, whatever the values. */
final class ScalarCells extends Cells {
    private final ValueVector vector;
    private final ValueEvidence declared;
    private final Text text;

    /** Appends the text of a value and says what it is. */
    interface Text {
        TokenKind append(int row, Utf8Buffer out) throws RefusedFileException;
    }

    ScalarCells(ValueVector vector, ValueEvidence declared, Text text) {
        this.vector = vector;
        this.declared = declared;
        this.text = text;
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
        return text.append(row, out);
    }

    @Override
    public ValueEvidence evidence() {
        return declared;
    }
}
