package io.ghala.parquetwriter;

import java.nio.file.Path;

/**
 * Something that Ghala did not write lies where the consolidated file goes: it is left alone. The message says what it
 * is and what to do.
 */
final class ForeignFileException extends Exception {
    private static final long serialVersionUID = 1L;

    ForeignFileException(Path file, String what) {
        super(file.getFileName() + " is " + what
                + ", which Ghala leaves as it is, so the table has no Parquet file of its own:"
                + " move or rename that file, and the table's own comes");
    }
}
