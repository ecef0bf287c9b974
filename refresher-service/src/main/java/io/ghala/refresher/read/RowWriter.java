package io.ghala.refresher.read;

import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.TableSchema;
import io.ghala.refresher.type.EvidenceGatherer;
import io.ghala.refresher.type.ValueEvidence;
import io.ghala.refresher.typed.CellBlock;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the cells of one file into a batch and into the evidence, under the names that columns are known by. */
final class RowWriter {
    private final RowBatch batch;
    private final EvidenceGatherer evidence;
    private final ReadLimits limits;
    private final Map<String, String> folderColumns;
    private final Set<String> inRow = new HashSet<>();
    private final int firstRow;
    private long rows;

    /** {@code folderColumns} are the {@code key=value} folders above the file; a column of the file itself wins. */
    RowWriter(RowBatch batch, EvidenceGatherer evidence, ReadLimits limits, Map<String, String> folderColumns) {
        this.batch = batch;
        this.evidence = evidence;
        this.limits = limits;
        this.folderColumns = folderColumns;
        this.firstRow = batch.rows();
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

    /** Takes that a typed file has these columns, in this order. */
    void requireDistinct(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(Column.fold(shownName(name)))) {
                throw new UnreadableFileException(
                        "it has the column '" + Excerpt.of(name) + "' twice: columns that differ only in case are one");
            }
        }
    }

    /** Appends rows of a typed file; their evidence comes with {@link #evidence}. */
    void block(List<String> names, int count, List<CellBlock> cells) {
        Set<String> present = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String folded = Column.fold(shownName(names.get(i)));
            present.add(folded);
            batch.put(folded, cells.get(i));
        }
        folderColumns.forEach((name, value) -> {
            if (!present.contains(Column.fold(shownName(name)))) {
                folderCells(name, value, count);
            }
        });
        batch.endRows(count);
        countRows(count);
    }

    private void folderCells(String name, String value, int count) {
        TokenKind kind = folderKind(value);
        String text = kind == TokenKind.NULL ? "" : value;
        String shown = shownName(name);
        evidence.scalar(Column.fold(shown), shown, Integer.MAX_VALUE, kind, text);
        batch.put(Column.fold(shown), CellBlock.repeated(count, kind, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes what a typed file declares of its columns, whether or not it has rows. */
    void evidence(List<String> names, List<ValueEvidence> values) {
        for (int i = 0; i < names.size(); i++) {
            String shown = shownName(names.get(i));
            evidence.column(Column.fold(shown), shown, i, values.get(i));
        }
    }

    /** Takes back all that was written. */
    void startOver() {
        batch.rollback(firstRow);
        evidence.discard();
        rows = 0;
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
            if (!inRow.contains(Column.fold(shownName(name)))) {
                scalar(name, Integer.MAX_VALUE, folderKind(value), value);
            }
        });
        inRow.clear();
        batch.endRow();
        countRows(1);
    }

    private static TokenKind folderKind(String value) {
        return value.equals("__HIVE_DEFAULT_PARTITION__") ? TokenKind.NULL : TokenKind.CELL;
    }

    private void countRows(int more) {
        rows += more;
        if (rows > limits.maxRows()) {
            throw new UnreadableFileException(
                    "it has more than the " + limits.maxRows() + " rows of ghala.refresher.max-file-rows");
        }
    }

    long rows() {
        return rows;
    }
}
