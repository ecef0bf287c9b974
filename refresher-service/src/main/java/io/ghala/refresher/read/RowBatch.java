package io.ghala.refresher.read;

import io.ghala.refresher.typed.CellBlock;
import io.ghala.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of one or many files as columns of tokens, by folded column name. A file that turns out malformed is taken back with {@link #rollback}. */
public final class RowBatch {
    private static final byte[] NOTHING = new byte[0];
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

    void put(String foldedName, TokenKind kind, String text) {
        byte[] bytes = text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.UTF_8);
        columns.computeIfAbsent(foldedName, name -> new TokenColumn()).append(rows, kind, bytes, 0, bytes.length);
    }

    /** Puts the cells of a column for as many rows, of which the current is the first. */
    void put(String foldedName, CellBlock cells) {
        columns.computeIfAbsent(foldedName, name -> new TokenColumn()).append(rows, cells);
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
