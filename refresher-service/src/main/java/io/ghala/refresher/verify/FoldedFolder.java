package io.ghala.refresher.verify;

import io.ghala.model.TableSchema;
import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.read.TokenColumn;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The table as its folder says it is.
 *
 * @param rows the visible rows, in no order that matters
 * @param refused reasons by file
 */
record FoldedFolder(TableSchema schema, List<Row> rows, SortedMap<String, String> refused) {
    /** One row of what was read from a file. */
    record Row(SourceRows source, int row) {
        /** The tokens of the column; null where no row of the file's batch has it. */
        @Nullable
        TokenColumn tokens(String foldedName) {
            return source.batch().column(foldedName);
        }
    }
}
