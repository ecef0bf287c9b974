package io.ghala.refresher.typed.cells;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.UUID;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;

/** Text, JSON, binary values and dates. */
final class PlainCells {
    private static final String EXTENSION = "ARROW:extension:name";
    private static final String EXTENSION_METADATA = "ARROW:extension:metadata";
    private static final int UUID_BYTES = 16;
    private static final int MILLIS_PER_DAY = 86_400_000;

    private PlainCells() {}

    /** The bytes of a value. */
    private interface Bytes {
        byte[] of(int row);
    }

    static Cells of(FieldVector vector) throws RefusedFileException {
        if (vector instanceof VarCharVector text) {
            return text(vector, text::get);
        }
        if (vector instanceof LargeVarCharVector text) {
            return text(vector, text::get);
        }
        if (vector instanceof ViewVarCharVector text) {
            return text(vector, text::get);
        }
        if (vector instanceof VarBinaryVector bytes) {
            return binary(vector, bytes::get);
        }
        if (vector instanceof LargeVarBinaryVector bytes) {
            return binary(vector, bytes::get);
        }
        if (vector instanceof ViewVarBinaryVector bytes) {
            return binary(vector, bytes::get);
        }
        if (vector instanceof FixedSizeBinaryVector bytes) {
            return fixed(bytes);
        }
        if (vector instanceof DateDayVector dates) {
            return new ScalarCells(vector, DeclaredEvidence.DATE, (row, out) -> {
                IsoText.date(dates.get(row), out);
                return TokenKind.STRING;
            });
        }
        if (vector instanceof DateMilliVector dates) {
            return new ScalarCells(vector, DeclaredEvidence.DATE, (row, out) -> dateOfMillis(dates, row, out));
        }
        return TimeCells.accepts(vector) ? new TimeCells(vector) : IntervalCells.of(vector);
    }

    static boolean extension(FieldVector vector, String name) {
        return name.equals(vector.getField().getMetadata().get(EXTENSION));
    }

    private static Cells text(FieldVector vector, Bytes bytes) {
        boolean json = extension(vector, "arrow.json")
                || "JSON".equals(vector.getField().getMetadata().get(ArrowSchemas.TYPE_KEY));
        if (json) {
            return new ScalarCells(
                    vector, DeclaredEvidence.JSON, (row, out) -> JsonText.append(vector, bytes.of(row), out));
        }
        return new ScalarCells(vector, DeclaredEvidence.TEXT, (row, out) -> {
            byte[] text = bytes.of(row);
            JsonText.requireUtf8(vector, text);
            out.raw(text);
            return TokenKind.STRING;
        });
    }

    private static Cells binary(FieldVector vector, Bytes bytes) {
        return new ScalarCells(vector, DeclaredEvidence.BINARY, (row, out) -> {
            out.raw(Base64.getEncoder().encode(bytes.of(row)));
            return TokenKind.STRING;
        });
    }

    private static Cells fixed(FixedSizeBinaryVector vector) {
        if (vector.getByteWidth() == UUID_BYTES && extension(vector, "arrow.uuid")) {
            return new ScalarCells(vector, DeclaredEvidence.TEXT, (row, out) -> {
                ByteBuffer uuid = ByteBuffer.wrap(vector.get(row));
                out.text(new UUID(uuid.getLong(), uuid.getLong()).toString());
                return TokenKind.STRING;
            });
        }
        String metadata = vector.getField().getMetadata().getOrDefault(EXTENSION_METADATA, "");
        if (vector.getByteWidth() == Long.BYTES
                && extension(vector, "arrow.opaque")
                && metadata.contains("\"time_tz\"")) {
            return new ScalarCells(vector, DeclaredEvidence.TEXT, (row, out) -> {
                TimeCells.withOffset(
                        ByteBuffer.wrap(vector.get(row))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong(),
                        out);
                return TokenKind.STRING;
            });
        }
        return binary(vector, vector::get);
    }

    private static TokenKind dateOfMillis(DateMilliVector vector, int row, Utf8Buffer out) throws RefusedFileException {
        long millis = vector.get(row);
        if (Math.floorMod(millis, MILLIS_PER_DAY) != 0) {
            throw new RefusedFileException(
                    "column '" + vector.getName() + "' holds a date that is no whole day: " + millis + " ms");
        }
        IsoText.date(Math.floorDiv(millis, MILLIS_PER_DAY), out);
        return TokenKind.STRING;
    }
}
