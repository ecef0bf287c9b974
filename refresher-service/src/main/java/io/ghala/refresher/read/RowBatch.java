package io.ghala.refresher.read;

import io.ghala.token.TokenKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one or many files as columns of tokens, by folded column name. A file that turns out malformed is taken back with {@link #rollback}. */
public final class RowBatch {
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
    void put(String foldedName, TokenKind kind, String text) {
        make(foldedName).append(rows, kind, text);
    }

    void endRows(int count) {
        rows += count;
    }

    void endRow() {
        rows++;
    }

    void rollback(int toRows) {
        rows = toRows;
        columns.values().forEach(column -> column.truncate(toRows));
    }
}
