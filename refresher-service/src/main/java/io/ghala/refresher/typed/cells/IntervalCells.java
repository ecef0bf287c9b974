package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.IsoInterval;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.IntervalYearVector;

/** Intervals and durations as text by ISO 8601. */
final class IntervalCells {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private IntervalCells() {}

    static Cells of(FieldVector vector) throws RefusedFileException {
        if (vector instanceof IntervalYearVector intervals) {
            return text(vector, (row, out) -> out.text(IsoInterval.text(intervals.get(row), 0, 0)));
        }
        if (vector instanceof IntervalDayVector intervals) {
            return text(vector, (row, out) -> {
                ArrowBuf data = intervals.getDataBuffer();
                out.text(IsoInterval.text(
                        0,
                        IntervalDayVector.getDays(data, row),
                        IntervalDayVector.getMilliseconds(data, row) * NANOS_PER_MILLI));
            });
        }
        if (vector instanceof IntervalMonthDayNanoVector intervals) {
            return text(vector, (row, out) -> {
                ArrowBuf data = intervals.getDataBuffer();
                out.text(IsoInterval.text(
                        IntervalMonthDayNanoVector.getMonths(data, row),
                        IntervalMonthDayNanoVector.getDays(data, row),
                        IntervalMonthDayNanoVector.getNanoseconds(data, row)));
            });
        }
        if (vector instanceof DurationVector durations) {
            return text(vector, (row, out) -> {
                out.text(durations.getObjectNotNull(row).toString());
            });
        }
        throw new RefusedFileException("column '" + vector.getName() + "' has the type "
                + vector.getField().getType() + ", which is not read");
    }

    /** Appends the text of a value. */
    private interface Appender {
        void append(int row, Utf8Buffer out);
    }

    private static Cells text(FieldVector vector, Appender appender) {
        return new ScalarCells(vector, DeclaredEvidence.TEXT, (row, out) -> {
            appender.append(row, out);
            return TokenKind.STRING;
        });
    }
}
