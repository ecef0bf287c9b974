package io.ghala.refresher.rows;

import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.TableSchema;
import io.ghala.token.CompactJson;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.type.ColumnGatherer;
import io.ghala.type.EvidenceGatherer;
import io.ghala.type.ValueEvidence;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the cells of files, one after the other, into a batch and into the evidence, under the names that columns are
 * known by. What a name means is found out once for all files.
 */
public final class RowWriter {
    private static final byte[] NOTHING = {};
    private final RowBatch batch;
    private final EvidenceGatherer evidence;
    private final ReadLimits limits;
    private final Map<String, Named> names = new HashMap<>();
    private final Map<String, Target> targets = new HashMap<>();
    private Map<String, String> folderColumns = Map.of();
    private int firstRow;
    private long rows;
    /** Tells the current row from all before it, also from those that were taken back. */
    private long current = 1;

    public RowWriter(RowBatch batch, EvidenceGatherer evidence, ReadLimits limits) {
        this.batch = batch;
        this.evidence = evidence;
        this.limits = limits;
    }

    /** A name as it stands in files, and the column that is meant. */
    public static final class Named {
        private final byte[] name;
        private final String shown;
        private final Target target;

        Named(String name, String shown, Target target) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.shown = shown;
            this.target = target;
        }

        /** Whether the bytes are this name. */
        public boolean is(byte[] utf8, int from, int to) {
            return Arrays.equals(name, 0, name.length, utf8, from, to);
        }
    }

    /** Where the cells of one column go. */
    private static final class Target {
        private final TokenColumn tokens;
        private final ColumnGatherer evidence;
        private long inRow;

        Target(TokenColumn tokens, ColumnGatherer evidence) {
            this.tokens = tokens;
            this.evidence = evidence;
        }
    }

    /** A file begins. {@code folders} are the {@code key=value} folders above it; a column of the file itself wins. */
    public RowWriter begin(Map<String, String> folders) {
        folderColumns = folders;
        firstRow = batch.rows();
        rows = 0;
        current++;
        return this;
    }

    /** The name a column is shown by: an empty key and the hidden columns' names are not available. */
    public static String shownName(String name) {
        if (name.isEmpty()) {
            return "column0";
        }
        String folded = Column.fold(name);
        return folded.equals(TableSchema.FILE_COLUMN) || folded.equals(TableSchema.VERSION_COLUMN) ? name + "_" : name;
    }

    /** Whether the current row has the column already. */
    public boolean has(String foldedName) {
        Target target = targets.get(foldedName);
        return target != null && target.inRow == current;
    }

    public void scalar(String name, int position, TokenKind kind, String text) {
        if (kind == TokenKind.STRING) {
            LoadableRows.requireText(name, text, rows + 1);
        }
        boolean bare = kind == TokenKind.TRUE || kind == TokenKind.FALSE || kind == TokenKind.NULL;
        byte[] utf8 = bare ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
        scalar(named(name), position, kind, utf8, 0, utf8.length);
    }

    /** The same for a name that is known; a null, true or false has no text. */
    public void scalar(Named column, int position, TokenKind kind, byte[] utf8, int from, int to) {
        begin(column);
        column.target.evidence.scalar(column.shown, position, kind, utf8, from, to);
        column.target.tokens.append(batch.rows(), kind, utf8, from, to - from);
    }

    public void nested(String name, int position, Token token) {
        Named column = named(name);
        begin(column);
        LoadableRows.requireNested(name, token, rows + 1);
        column.target.evidence.nested(column.shown, position, token);
        column.target.tokens.append(batch.rows(), TokenKind.NESTED, token.json());
    }

    /** The same for a name that is known; {@code json} is compact. */
    public void nested(Named column, int position, byte[] json, int length) {
        begin(column);
        Token token = CompactJson.read(json, 0, length);
        LoadableRows.requireNested(column.shown, token, rows + 1);
        column.target.evidence.nested(column.shown, position, token);
        column.target.tokens.append(batch.rows(), TokenKind.NESTED, json, 0, length);
    }

    /** The column that a name means. */
    public Named named(String name) {
        Named known = names.get(name);
        if (known == null) {
            LoadableRows.requireName(name, rows + 1);
            String shown = shownName(name);
            Target target = targets.computeIfAbsent(
                    Column.fold(shown), folded -> new Target(batch.make(folded), evidence.column(folded)));
            known = new Named(name, shown, target);
            names.put(name, known);
        }
        return known;
    }

    /** Appends rows of a typed file; their evidence comes with {@link #evidence}. */
    public void block(List<String> columns, int count, List<CellBlock> cells) {
        for (int i = 0; i < columns.size(); i++) {
            Target target = named(columns.get(i)).target;
            target.inRow = current;
            target.tokens.append(batch.rows(), cells.get(i));
        }
        folderColumns.forEach((name, value) -> {
            if (named(name).target.inRow != current) {
                folderCells(named(name), value, count);
            }
        });
        current++;
        batch.endRows(count);
        countRows(count);
    }

    private void folderCells(Named column, String value, int count) {
        TokenKind kind = folderKind(value);
        String text = kind == TokenKind.NULL ? "" : value;
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        column.target.evidence.scalar(column.shown, Integer.MAX_VALUE, kind, utf8, 0, utf8.length);
        column.target.tokens.append(batch.rows(), CellBlock.repeated(count, kind, utf8));
    }

    /** Takes what a typed file declares of its columns, whether or not it has rows. */
    public void evidence(List<String> columns, List<ValueEvidence> values) {
        for (int i = 0; i < columns.size(); i++) {
            Named column = named(columns.get(i));
            column.target.evidence.values(column.shown, i, values.get(i));
        }
    }

    /** Takes that a file has these columns, whether or not it has rows. */
    public void declare(List<Named> columns) {
        for (int i = 0; i < columns.size(); i++) {
            Named column = columns.get(i);
            column.target.evidence.values(column.shown, i, ValueEvidence.NOTHING);
        }
    }

    /** Takes back all that was written. */
    public void startOver() {
        batch.rollback(firstRow);
        evidence.discard();
        rows = 0;
        current++;
    }

    private void begin(Named column) {
        if (column.target.inRow == current) {
            throw new UnreadableFileException("row " + (rows + 1) + " has the key '" + Excerpt.of(column.shown)
                    + "' twice: keys that differ only in case are one column");
        }
        column.target.inRow = current;
    }

    public void endRow() {
        folderColumns.forEach((name, value) -> {
            if (named(name).target.inRow != current) {
                scalar(name, Integer.MAX_VALUE, folderKind(value), value);
            }
        });
        current++;
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

    public long rows() {
        return rows;
    }
}
