package io.ghala.refresher.fold;

import io.ghala.model.KeyText;
import io.ghala.refresher.read.RowBatch;
import io.ghala.refresher.read.TokenColumn;
import java.util.Optional;

/** The ids of plain rows: the text of the key as it stands in the row's own file, numbers in their canonical form. */
final class RowIds {
    private RowIds() {}

    /** Empty where the key is null, missing or nested: writes cannot touch such a row. */
    static Optional<String> of(RowBatch batch, int row, String foldedKeyColumn) {
        TokenColumn column = batch.column(foldedKeyColumn);
        if (column == null) {
            return Optional.empty();
        }
        return switch (column.kind(row)) {
            case ABSENT, NULL, NESTED -> Optional.empty();
            case NUMBER -> KeyText.ofNumber(column.text(row));
            default -> Optional.of(column.text(row));
        };
    }
}
