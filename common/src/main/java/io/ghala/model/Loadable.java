package io.ghala.model;

import java.util.Optional;

/**
 * What every reader of a table can load: names of columns and of fields inside of them, and how deep values nest. What
 * is beyond is refused where it comes in, since nobody could read the table that has it.
 */
public final class Loadable {
    /** Most characters of a name. */
    public static final int MOST_NAME_CHARS = 1000;
    /** Most columns of one file. */
    public static final int MOST_COLUMNS = 10_000;
    /** Most objects and lists inside of each other in one column. */
    public static final int MOST_DEPTH = 63;

    private Loadable() {}

    /**
     * Checks the name of a column or of a field in one.
     *
     * @throws InvalidValueException saying what is wrong with it
     */
    public static void requireName(String name) {
        problem(name).ifPresent(problem -> {
            throw new InvalidValueException("the column name '" + Excerpt.of(name) + "' " + problem);
        });
    }

    private static Optional<String> problem(String name) {
        if (name.indexOf('\0') >= 0) {
            return Optional.of("has a NUL character: rename it");
        }
        if (name.length() > MOST_NAME_CHARS) {
            return Optional.of("is longer than the " + MOST_NAME_CHARS + " characters that a name can have: rename it");
        }
        return unicode(name) ? Optional.empty() : Optional.of("has half of a surrogate pair, which is no character");
    }

    /**
     * Checks text of a cell, or inside of one.
     *
     * @throws InvalidValueException when it has half of a surrogate pair, which no encoding of text has
     */
    public static void requireText(String text) {
        if (!unicode(text)) {
            throw new InvalidValueException("the text '" + Excerpt.of(text)
                    + "' has half of a surrogate pair (\\ud800 to \\udfff), which is no character");
        }
    }

    /**
     * Checks how deep values of a column nest.
     *
     * @throws InvalidValueException when they nest deeper than can be loaded
     */
    public static void requireDepth(String column, int depth) {
        if (depth > MOST_DEPTH) {
            throw new InvalidValueException("column '" + Excerpt.of(column) + "' is nested more than " + MOST_DEPTH
                    + " levels deep: flatten it, or keep the inner part as text");
        }
    }

    private static boolean unicode(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair =
                        Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
