package io.ghala.refresher.rows;

import io.ghala.token.TokenKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one or many files as columns of tokens, by folded column name. A file that turns out malformed is taken back
 * with {@link #rollback}.
 */
public final class RowBatch {
    /** The column of a batch of kept rows that holds keys instead of ids; no column of a file has an empty name. */
    public static final String KEPT_KEY = "";

    private final Map<String, TokenColumn> columns = new LinkedHashMap<>();
    private int rows;

    public int rows() {
        return rows;
    }

    /** The column, or null where no row has it. */
    public @Nullable TokenColumn column(String foldedName) {
        return columns.get(foldedName);
    }

    /** Bytes of all cells, about. */
    public long bytes() {
        return columns.values().stream().mapToLong(TokenColumn::bytes).sum();
    }

    /** The column, which is there from now on. */
    TokenColumn make(String foldedName) {
        return columns.computeIfAbsent(foldedName, name -> new TokenColumn());
    }

    /** Puts a cell of the current row. */
    public void put(String foldedName, TokenKind kind, String text) {
        make(foldedName).append(rows, kind, text);
    }

    void endRows(int count) {
        rows += count;
    }

    public void endRow() {
        rows++;
    }

    public void rollback(int toRows) {
        rows = toRows;
        columns.values().forEach(column -> column.truncate(toRows));
    }
}
