package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.ValueEvidence;
import java.io.UncheckedIOException;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.ValueVector;

/** Values that are indexes into a dictionary. */
final class DictionaryCells extends Cells {
    private final BaseIntVector indexes;
    private final ValueVector dictionary;
    private final Cells values;

    DictionaryCells(BaseIntVector indexes, ValueVector dictionary, Cells values) {
        this.indexes = indexes;
        this.dictionary = dictionary;
        this.values = values;
    }

    @Override
    public boolean isNull(int row) {
        return indexes.isNull(row) || values.isNull(index(row));
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
        return values.text(index(row), out);
    }

    private int index(int row) {
        long index = indexes.getValueAsLong(row);
        if (index < 0 || index >= dictionary.getValueCount()) {
            throw new UncheckedIOException(new RefusedFileException("column '" + indexes.getName()
                    + "' points to entry " + index + " of a dictionary of " + dictionary.getValueCount()));
        }
        return (int) index;
    }

    @Override
    public ValueEvidence evidence() {
        return values.evidence();
    }
}
