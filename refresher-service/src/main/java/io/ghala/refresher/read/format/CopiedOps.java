package io.ghala.refresher.read.format;

import io.ghala.folder.DataName.Content;
import io.ghala.folder.DataName.Format;
import io.ghala.folder.Op;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.model.InvalidValueException;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.snapshot.RefusedFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds copies of op files, whose writes must not become rows: by a name that is like theirs, or by a first line as
 * only batches have it.
 */
public final class CopiedOps {
    private static final byte[] BEGIN = "{\"op\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 2 * 1024 * 1024;

    private CopiedOps() {}

    /** Fails for a name that is like that of an op file. */
    public static void requireNone(String name) {
        if (OpFileName.isLike(name)) {
            throw copy("its name is like that of a write's file, and no write's file is called so");
        }
    }

    /** {@code in} with nothing read of it, unless it is a copied batch. */
    public static InputStream requireNone(InputStream in, Format format) throws IOException {
        if (format.content() != Content.JSON) {
            return in;
        }
        BufferedInputStream bytes = new BufferedInputStream(in);
        bytes.mark(LONGEST_LINE);
        byte[] begin = bytes.readNBytes(BEGIN.length);
        boolean batch = Arrays.equals(begin, BEGIN) && isWrite(line(begin, bytes));
        bytes.reset();
        if (batch) {
            throw copy("its first line is a write as only batches of writes have it");
        }
        return bytes;
    }

    /**
     * Whether the content begins as only batches do; then it is for {@link #requireNone(InputStream, Format)} to look
     * closer.
     */
    public static boolean maybe(byte[] content, int from, int to) {
        return to - from >= BEGIN.length && Arrays.equals(content, from, from + BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    private static String line(byte[] begin, InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(new String(begin, StandardCharsets.US_ASCII));
        int next = in.read();
        // Bytes as characters: only the form matters, not the text.
        while (next >= 0 && next != '\n' && line.length() < LONGEST_LINE - 1) {
            line.append((char) (next < 0x80 ? next : '?'));
            next = in.read();
        }
        return line.toString();
    }

    private static boolean isWrite(String line) {
        try {
            Op op = OpLine.parse(line);
            return line.startsWith("\",\"id\":", line.indexOf("\"", BEGIN.length))
                    && !op.id().text().isEmpty();
        } catch (InvalidValueException e) {
            return false;
        }
    }

    private static UnreadableFileException copy(String why) {
        return new UnreadableFileException(
                RefusedFile.Kind.COPY,
                why
                        + ": it is taken for a copy, and nothing of it is in the table; remove it, or rename it if it is data");
    }
}
