package io.ghala.folder;

import java.util.Locale;

/**
 * Something about a file of a table that people should know although its rows are as they were.
 *
 * @param file path inside the table's folder
 * @param reason what is the matter and what to do
 */
public record FileNotice(Kind kind, String file, String reason) implements Comparable<FileNotice> {
    /** What kind of thing people are told. */
    public enum Kind {
        /** It was edited in place, and the rows shown are those from before. */
        EDITED,
        /** The table's settings cannot be read; the former ones are in force. */
        SETTINGS,
        /** A folder cannot be listed; what was read from it before is shown. */
        UNREADABLE;

        /** As it is shown and stored. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public int compareTo(FileNotice other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : kind.compareTo(other.kind);
    }
}
