package io.ghala.refresher.verify.fold;

import io.ghala.model.TableSchema;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The table as its folder says it is.
 *
 * @param rows the visible rows, in no order that matters
 * @param refused reasons by file
 */
public record FoldedFolder(TableSchema schema, List<Row> rows, SortedMap<String, String> refused) {
    /** One row of what was read from a file. */
    record Row(SourceRows source, int row) {
        /** The tokens of the column; null where no row of the file's batch has it. */
        @Nullable
        TokenColumn tokens(String foldedName) {
            return source.batch().column(foldedName);
        }
    }
}
