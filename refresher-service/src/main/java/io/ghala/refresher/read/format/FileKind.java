package io.ghala.refresher.read.format;

import io.ghala.folder.DataName.Format;
import io.ghala.refresher.rows.UnreadableFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Kinds of files that their first bytes tell, whatever their names say. */
public enum FileKind {
    GZIP("gzip", "name it .gz", "\u001f\u008b"),
    ZSTD("zstd", "name it .zst", "(\u00b5/\u00fd"),
    PARQUET("a Parquet file", "name it .parquet", "PAR1\u0015"),
    ARROW("an Arrow file", "name it .arrow", "ARROW1\u0000\u0000"),
    ZIP("a zip archive or a workbook", "unpack it, or save it as CSV", "PK\u0003\u0004"),
    WORKBOOK("an old workbook or document", "save it as CSV", "\u00d0\u00cf\u0011\u00e0"),
    BZIP2("bzip2", "unpack it", "BZh"),
    XZ("xz", "unpack it", "\u00fd7zXZ"),
    SQLITE("an SQLite database", "export its tables", "SQLite format 3");

    static final int LONGEST = 16;

    private final String shown;
    private final String remedy;
    private final String magic;

    FileKind(String shown, String remedy, String magic) {
        this.shown = shown;
        this.remedy = remedy;
        this.magic = magic;
    }

    String shown() {
        return shown;
    }

    /** The kind that begins with these bytes; empty for text and what is not known. */
    static Optional<FileKind> of(byte[] head) {
        String begin = new String(head, StandardCharsets.ISO_8859_1);
        for (FileKind kind : values()) {
            if (begin.startsWith(kind.magic)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** {@code in} with nothing read of it, unless it is no text at all. */
    public static InputStream requireText(InputStream in, Format expected) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(LONGEST);
        byte[] head = bytes.readNBytes(LONGEST);
        bytes.reset();
        Optional<FileKind> kind = of(head);
        // These three letters are also the beginning of a word.
        if (kind.isPresent() && kind.get() != BZIP2) {
            throw kind.get().instead(expected.name());
        }
        return bytes;
    }

    UnreadableFileException instead(String expected) {
        return new UnreadableFileException(
                "its name says " + expected + ", and its bytes are " + shown + ": " + remedy);
    }
}
