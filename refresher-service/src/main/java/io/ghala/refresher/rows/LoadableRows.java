package io.ghala.refresher.rows;

import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.Loadable;
import io.ghala.token.LoadableTokens;
import io.ghala.token.Token;
import io.ghala.type.TableEvidence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses rows that are well written and that not every reader of a snapshot could load: what is published must be
 * loadable. The rules are those of {@link Loadable}; rows are counted from 1.
 */
public final class LoadableRows {
    private LoadableRows() {}

    /**
     * The columns of a typed file must be told apart as columns of the table are: whatever the case of their letters.
     */
    public static void requireDistinct(List<String> columns) {
        Set<String> seen = new HashSet<>();
        for (String name : columns) {
            if (!seen.add(Column.fold(RowWriter.shownName(name)))) {
                throw new UnreadableFileException(
                        "it has the column '" + Excerpt.of(name) + "' twice: columns that differ only in case are one");
            }
        }
    }

    /** Returns the evidence of a file that has no more columns than can be loaded. */
    public static TableEvidence requireFew(TableEvidence evidence) {
        if (evidence.columns().size() > Loadable.MOST_COLUMNS) {
            throw new UnreadableFileException("it has " + evidence.columns().size() + " columns, more than the "
                    + Loadable.MOST_COLUMNS + " that one file can have: are its keys data? Then make them values");
        }
        return evidence;
    }

    static void requireName(String name, long row) {
        try {
            Loadable.requireName(name);
        } catch (InvalidValueException e) {
            throw refused(row, e);
        }
    }

    static void requireText(String column, String text, long row) {
        try {
            Loadable.requireText(text);
        } catch (InvalidValueException e) {
            throw new UnreadableFileException(
                    "row " + row + ", column '" + Excerpt.of(column) + "': " + e.getMessage(), e);
        }
    }

    static void requireNested(String column, Token value, long row) {
        try {
            LoadableTokens.require(column, value);
        } catch (InvalidValueException e) {
            throw refused(row, e);
        }
    }

    private static UnreadableFileException refused(long row, InvalidValueException e) {
        return new UnreadableFileException("row " + row + ": " + e.getMessage(), e);
    }
}
