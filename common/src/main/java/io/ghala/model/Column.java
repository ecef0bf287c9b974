package io.ghala.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A column of a table or a field of a struct. Names are matched after folding ASCII letters to lower case and shown as
 * spelled.
 */
public record Column(String name, ColumnType type) {
    public Column {
        if (name.isEmpty()) {
            throw new InvalidValueException("a column name is empty");
        }
    }

    /** The name by which columns are one: ASCII letters lower-cased, all else unchanged. */
    public String foldedName() {
        return fold(name);
    }

    /** Lower-cases the ASCII letters of {@code name} and nothing else. */
    public static String fold(String name) {
        char[] folded = null;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                if (folded == null) {
                    folded = name.toCharArray();
                }
                folded[i] = (char) (c + ('a' - 'A'));
            }
        }
        return folded == null ? name : new String(folded);
    }

    static void requireDistinctNames(List<Column> columns) {
        Set<String> seen = new HashSet<>();
        for (Column column : columns) {
            if (!seen.add(column.foldedName())) {
                throw new InvalidValueException("column '" + Excerpt.of(column.name()) + "' is there twice");
            }
        }
    }
}
