package io.ghala.refresher.typed.parquet;

import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.InvalidValueException;
import io.ghala.model.Loadable;
import io.ghala.model.SqlName;
import io.ghala.refresher.typed.RefusedFileException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The closed list of Parquet types that are read, checked on the schema in a file's footer, and the SQL that reads
 * them.
 */
final class ParquetTypes {
    private static final Set<String> LOGICAL = Set.of(
            "STRING",
            "MAP",
            "LIST",
            "ENUM",
            "DECIMAL",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "INT",
            "INTEGER",
            "NULL",
            "UNKNOWN",
            "JSON",
            "UUID",
            "VARIANT");
    private static final Set<String> CONVERTED = Set.of(
            "UTF8",
            "MAP",
            "MAP_KEY_VALUE",
            "LIST",
            "ENUM",
            "DECIMAL",
            "DATE",
            "TIME_MILLIS",
            "TIME_MICROS",
            "TIMESTAMP_MILLIS",
            "TIMESTAMP_MICROS",
            "UINT_8",
            "UINT_16",
            "UINT_32",
            "UINT_64",
            "INT_8",
            "INT_16",
            "INT_32",
            "INT_64",
            "JSON",
            "INTERVAL");
    /** Quoted names, which hold anything, or the word itself. */
    private static final Pattern VARIANT = Pattern.compile("\"(?:[^\"]|\"\")*\"|\\bVARIANT\\b");

    private ParquetTypes() {}

    /** The names of the columns as the file spells them, and whether it holds 96-bit timestamps anywhere. */
    record Columns(List<String> names, boolean int96) {
        Columns {
            names = List.copyOf(names);
        }
    }

    /**
     * The columns that the file's footer declares.
     *
     * @param path the file as an SQL literal
     * @throws RefusedFileException for a type outside the list
     */
    static Columns columns(Statement statement, String path) throws SQLException, RefusedFileException {
        List<String> names = new ArrayList<>();
        boolean int96 = false;
        int below = 0;
        boolean root = true;
        try (ResultSet rows = statement.executeQuery(
                "SELECT name, converted_type, logical_type, precision, num_children, type FROM parquet_schema(" + path
                        + ")")) {
            while (rows.next()) {
                String name = String.valueOf(rows.getString(1));
                requireName(name);
                int children = Math.max(0, rows.getInt(5));
                if (root) {
                    root = false;
                    continue;
                }
                if (below == 0) {
                    names.add(name);
                } else {
                    below--;
                }
                below += children;
                int96 |= "INT96".equals(rows.getString(6));
                check(names.get(names.size() - 1), rows.getString(2), rows.getString(3), rows.getLong(4));
            }
        }
        return new Columns(names, int96);
    }

    private static void requireName(String name) throws RefusedFileException {
        try {
            Loadable.requireName(name);
        } catch (InvalidValueException e) {
            throw new RefusedFileException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void check(String column, @Nullable String converted, @Nullable String logical, long precision)
            throws RefusedFileException {
        if (precision > DecimalType.MAX_PRECISION) {
            throw new RefusedFileException("column '" + column + "' has decimals of " + precision
                    + " digits, and at most " + DecimalType.MAX_PRECISION
                    + " are read: write it with fewer, or as text");
        }
        boolean known = (converted == null || CONVERTED.contains(converted))
                && (logical == null || LOGICAL.contains(word(logical)));
        if (!known) {
            throw new RefusedFileException("column '" + column + "' has the Parquet type "
                    + (logical == null ? converted : logical)
                    + ", which is not read: write it as another type, for example text");
        }
    }

    /** {@code TimeType(isAdjustedToUTC=0, …)} is TIME. */
    private static String word(String logical) {
        int end = logical.indexOf('(');
        String name = end < 0 ? logical : logical.substring(0, end);
        return (name.endsWith("Type") ? name.substring(0, name.length() - "Type".length()) : name)
                .toUpperCase(Locale.ROOT);
    }

    /** The SQL of a column; {@code type} is DuckDB's. VARIANT has no form in Arrow and is read as JSON. */
    static String expression(String column, String type) {
        String name = SqlName.quoted(column);
        StringBuilder read = new StringBuilder();
        Matcher words = VARIANT.matcher(type);
        while (words.find()) {
            words.appendReplacement(
                    read, Matcher.quoteReplacement(words.group().startsWith("\"") ? words.group() : "JSON"));
        }
        words.appendTail(read);
        return read.toString().equals(type) ? name : "CAST(" + name + " AS " + read + ")";
    }
}
