package io.ghala.refresher.rows;

import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.type.TableEvidence;
import java.util.Optional;

/**
 * Rows of one batch that stand or fall together: all rows of a plain file, or the one row of a write.
 *
 * @param file path inside the table's folder, {@code /} between folders
 * @param batch where the rows are; a delete has none
 * @param firstRow index of the first in the batch
 * @param op the write, for rows of op files
 */
public record SourceRows(String file, RowBatch batch, int firstRow, int rows, TableEvidence evidence, Optional<Op> op) {
    /** A write: {@code delete} hides the row, otherwise the rows are its new content. */
    public record Op(RowId id, StreamId streamId, Kind kind) {}

    /** What a write does. */
    public enum Kind {
        UPSERT,
        DELETE
    }
}
