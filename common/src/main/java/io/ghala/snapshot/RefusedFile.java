package io.ghala.snapshot;

/**
 * A file that people should look at, why, and what to do about it.
 *
 * @param kind whether its rows are in the table
 */
public record RefusedFile(Kind kind, String file, String reason) {
    /** What became of the file. Its label is the word that people see. */
    public enum Kind {
        /** It cannot be taken: its rows are not in the table. */
        REFUSED("refused"),
        /** It is a copy of a write's file: none of its content is in the table. */
        COPY("copy"),
        /** Its rows are in the table, and that may not be what was meant. */
        WARNING("warning");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        /** The kind of that label; a label that is not known is of a file that is not in the table. */
        static Kind of(String label) {
            for (Kind kind : values()) {
                if (kind.label.equals(label)) {
                    return kind;
                }
            }
            return REFUSED;
        }
    }

    /** A file that cannot be taken. */
    public RefusedFile(String file, String reason) {
        this(Kind.REFUSED, file, reason);
    }

    /** Whether its rows are in the table. */
    public boolean taken() {
        return kind == Kind.WARNING;
    }
}
