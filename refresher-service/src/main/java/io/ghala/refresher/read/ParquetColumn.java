package io.ghala.refresher.read;

import io.ghala.model.SqlName;
import io.ghala.token.TokenKind;
import java.util.Set;

/** A column of a Parquet file: the SQL that gives its values as text, and which tokens those are. */
record ParquetColumn(String name, String expression, TokenKind kind) {
    private static final Set<String> INTEGERS = Set.of(
            "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT");

    /** {@code type} is the type as DuckDB describes it. */
    static ParquetColumn of(String name, String type) {
        String column = SqlName.quoted(name);
        String text = "CAST(" + column + " AS VARCHAR)";
        if (type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP")) {
            return new ParquetColumn(name, "CAST(to_json(" + column + ") AS VARCHAR)", TokenKind.NESTED);
        }
        if (type.equals("JSON")) {
            return new ParquetColumn(name, text, TokenKind.STRING);
        }
        if (type.equals("BOOLEAN")) {
            return new ParquetColumn(name, text, TokenKind.TRUE);
        }
        if (INTEGERS.contains(type) || type.startsWith("DECIMAL")) {
            return new ParquetColumn(name, text, TokenKind.NUMBER);
        }
        if (type.equals("DOUBLE") || type.equals("FLOAT")) {
            String finite = "CASE WHEN isfinite(" + column + ") THEN " + text + " END";
            return new ParquetColumn(name, finite, TokenKind.NUMBER);
        }
        if (type.startsWith("TIMESTAMP")) {
            String zoned = type.contains("TIME ZONE") ? " || 'Z'" : "";
            String local = type.contains("TIME ZONE") ? "CAST(" + column + " AS TIMESTAMP)" : column;
            return new ParquetColumn(
                    name, "replace(CAST(" + local + " AS VARCHAR), ' ', 'T')" + zoned, TokenKind.STRING);
        }
        if (type.equals("BLOB")) {
            return new ParquetColumn(name, "base64(" + column + ")", TokenKind.STRING);
        }
        return new ParquetColumn(name, text, TokenKind.STRING);
    }
}
