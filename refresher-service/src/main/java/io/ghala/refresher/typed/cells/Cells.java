package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.ValueEvidence;
import java.nio.charset.StandardCharsets;

/** The values of one vector as tokens, and the evidence of all that were read so far. */
public abstract class Cells {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private final Utf8Buffer scratch = new Utf8Buffer();

    public abstract boolean isNull(int row);

    /** Appends the text of a value that is not null and says what it is. True and false have no text. */
    public abstract TokenKind text(int row, Utf8Buffer out) throws RefusedFileException;

    /** What the type declares, and what the values read so far add to it. */
    public abstract ValueEvidence evidence();

    /** Appends the value as JSON. */
    final void json(int row, Utf8Buffer out) throws RefusedFileException {
        if (isNull(row)) {
            out.raw(NULL);
            return;
        }
        int from = out.size();
        TokenKind kind = text(row, out);
        switch (kind) {
            case TRUE -> out.text("true");
            case FALSE -> out.text("false");
            case NULL -> out.raw(NULL);
            case STRING -> {
                scratch.clear();
                scratch.raw(out.array(), from, out.size() - from);
                out.truncate(from);
                out.jsonString(scratch.toByteArray());
            }
            default -> {
                // Numbers and nested values are JSON already.
            }
        }
    }
}
