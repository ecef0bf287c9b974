package io.ghala.refresher.print;

import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.Literals;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.type.TypeOf;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as JSON objects, a line each, with the columns that their file has and values as they are written there. What a
 * cell of text is follows the rules of text files (docs/types.md); that of the key column keeps its text, which is the
 * row's id.
 */
final class RowLines {
    private final SourceRows source;
    private final List<Line> columns = new ArrayList<>();

    RowLines(SourceRows source, KeyColumn key) {
        this.source = source;
        for (Column column : TypeOf.schema(source.evidence(), key, Map.of()).columns()) {
            TokenColumn tokens = source.batch().column(column.foldedName());
            if (tokens != null) {
                StringBuilder name = new StringBuilder();
                Token.writeString(column.name(), name);
                columns.add(
                        new Line(name.toString(), tokens, column.foldedName().equals(key.foldedName())));
            }
        }
    }

    /** A column on its way into lines. */
    private record Line(String quotedName, TokenColumn tokens, boolean isKey) {}

    void write(OutputStream out) throws IOException {
        for (int row = source.firstRow(); row < source.firstRow() + source.rows(); row++) {
            Utf8Buffer line = new Utf8Buffer();
            String separator = "{";
            for (Line column : columns) {
                String value = value(column, row);
                if (value != null) {
                    line.text(separator + column.quotedName() + ":" + value);
                    separator = ",";
                }
            }
            line.text(separator.equals("{") ? "{}\n" : "}\n");
            out.write(line.toByteArray());
        }
    }

    /** As JSON; null where the row does not have the column. */
    private static @Nullable String value(Line column, int row) {
        TokenKind kind = row < column.tokens().rows() ? column.tokens().kind(row) : TokenKind.ABSENT;
        return switch (kind) {
            case ABSENT -> null;
            case NULL -> "null";
            case TRUE -> "true";
            case FALSE -> "false";
            case NUMBER, NESTED -> column.tokens().text(row);
            case STRING -> quoted(column.tokens().text(row));
            case CELL -> cell(column.tokens().text(row), column.isKey());
        };
    }

    private static String cell(String text, boolean isKey) {
        if (Literals.cellInteger(text) || (!isKey && Literals.cellFraction(text))) {
            return text;
        }
        return isKey
                ? quoted(text)
                : Literals.cellBoolean(text).map(String::valueOf).orElseGet(() -> quoted(text));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        Token.writeString(text, out);
        return out.toString();
    }
}
