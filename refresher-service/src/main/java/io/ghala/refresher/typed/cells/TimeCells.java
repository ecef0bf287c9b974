package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.ValueEvidence;
import java.time.ZoneOffset;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;

/** Times of day. Where one has digits below the microsecond the column is text. */
final class TimeCells extends Cells {
    private static final int NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_DAY = 86_400L * IsoText.NANOS;
    private static final int OFFSET_BITS = 24;
    private static final int MOST_OFFSET_SECONDS = 16 * 3600 - 1;

    private final BaseFixedWidthVector vector;
    private boolean belowMicrosecond;

    TimeCells(FieldVector vector) {
        this.vector = (BaseFixedWidthVector) vector;
    }

    static boolean accepts(FieldVector vector) {
        return vector instanceof TimeSecVector
                || vector instanceof TimeMilliVector
                || vector instanceof TimeMicroVector
                || vector instanceof TimeNanoVector;
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
        long nanos = nanos(row);
        if (nanos < 0 || nanos >= NANOS_PER_DAY) {
            throw new RefusedFileException("column '" + vector.getName() + "' holds a time outside of the day");
        }
        belowMicrosecond |= nanos % NANOS_PER_MICRO != 0;
        IsoText.time((int) (nanos / IsoText.NANOS), (int) (nanos % IsoText.NANOS), out);
        return TokenKind.STRING;
    }

    private long nanos(int row) {
        if (vector instanceof TimeSecVector seconds) {
            return seconds.get(row) * IsoText.NANOS;
        }
        if (vector instanceof TimeMilliVector millis) {
            return millis.get(row) * 1_000_000L;
        }
        if (vector instanceof TimeMicroVector micros) {
            long value = micros.get(row);
            return value < 0 || value > NANOS_PER_DAY ? -1 : value * NANOS_PER_MICRO;
        }
        return ((TimeNanoVector) vector).get(row);
    }

    /** DuckDB's TIMETZ: microseconds of the day above 24 bits that hold how far the offset is from the greatest one. */
    static void withOffset(long bits, Utf8Buffer out) {
        long micros = bits >>> OFFSET_BITS;
        IsoText.time((int) (micros / 1_000_000), (int) (micros % 1_000_000) * NANOS_PER_MICRO, out);
        int offset = MOST_OFFSET_SECONDS - (int) (bits & ((1 << OFFSET_BITS) - 1));
        out.text(ZoneOffset.ofTotalSeconds(offset).getId());
    }

    @Override
    public ValueEvidence evidence() {
        return belowMicrosecond ? DeclaredEvidence.TIME.join(DeclaredEvidence.TEXT) : DeclaredEvidence.TIME;
    }
}
