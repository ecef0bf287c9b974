package io.ghala.refresher.read;

import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.TableSchema;
import io.ghala.refresher.type.EvidenceGatherer;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Puts the cells of one file into a batch and into the evidence, under the names that columns are known by. */
final class RowWriter {
    private final RowBatch batch;
    private final EvidenceGatherer evidence;
    private final ReadLimits limits;
    private final Map<String, String> folderColumns;
    private final Set<String> inRow = new HashSet<>();
    private long rows;

    /** {@code folderColumns} are the {@code key=value} folders above the file; a column of the file itself wins. */
    RowWriter(RowBatch batch, EvidenceGatherer evidence, ReadLimits limits, Map<String, String> folderColumns) {
        this.batch = batch;
        this.evidence = evidence;
        this.limits = limits;
        this.folderColumns = folderColumns;
    }

    /** The name a column is shown by: an empty key and the hidden columns' names are not available. */
    static String shownName(String name) {
        if (name.isEmpty()) {
            return "column0";
        }
        String folded = Column.fold(name);
        return folded.equals(TableSchema.FILE_COLUMN) || folded.equals(TableSchema.VERSION_COLUMN) ? name + "_" : name;
    }

    /** Whether the current row has the column already. */
    boolean has(String foldedName) {
        return inRow.contains(foldedName);
    }

    void scalar(String name, int position, TokenKind kind, String text) {
        String shown = shownName(name);
        String folded = begin(shown);
        evidence.scalar(folded, shown, position, kind, text);
        batch.put(
                folded, kind, kind == TokenKind.TRUE || kind == TokenKind.FALSE || kind == TokenKind.NULL ? "" : text);
    }

    void nested(String name, int position, Token token) {
        String shown = shownName(name);
        String folded = begin(shown);
        evidence.nested(folded, shown, position, token);
        batch.put(folded, TokenKind.NESTED, token.json());
    }

    private String begin(String shown) {
        String folded = Column.fold(shown);
        if (!inRow.add(folded)) {
            throw new UnreadableFileException("row " + (rows + 1) + " has the key '" + Excerpt.of(shown)
                    + "' twice: keys that differ only in case are one column");
        }
        return folded;
    }

    void endRow() {
        folderColumns.forEach((name, value) -> {
            if (!inRow.contains(Column.fold(name))) {
                if (value.equals("__HIVE_DEFAULT_PARTITION__")) {
                    scalar(name, Integer.MAX_VALUE, TokenKind.NULL, "");
                } else {
                    scalar(name, Integer.MAX_VALUE, TokenKind.CELL, value);
                }
            }
        });
        inRow.clear();
        batch.endRow();
        rows++;
        if (rows > limits.maxRows()) {
            throw new UnreadableFileException(
                    "it has more than the " + limits.maxRows() + " rows of ghala.refresher.max-file-rows");
        }
    }

    long rows() {
        return rows;
    }
}
