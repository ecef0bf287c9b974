package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.DeclaredEvidence.Reach;
import io.ghala.type.DeclaredEvidence.Unit;
import io.ghala.type.DeclaredEvidence.Zone;
import io.ghala.type.ValueEvidence;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Timestamps of any unit, local or with a zone, as ISO 8601 in UTC. */
final class TimestampCells extends Cells {
    private static final long FIRST_SECOND = -9_214_560_000L;
    private static final long END_SECOND = 9_214_646_400L;
    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000 - 1;

    private final TimeStampVector vector;
    private final Zone zone;
    private final TimeUnit unit;
    private final long perSecond;
    private Reach reach = Reach.NANOSECONDS;

    TimestampCells(TimeStampVector vector, ArrowType.Timestamp type) {
        this.vector = vector;
        this.zone = type.getTimezone() == null ? Zone.NONE : Zone.UTC;
        this.unit = type.getUnit();
        this.perSecond = IsoText.perSecond(unit);
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
        long value = vector.get(row);
        long second = Math.floorDiv(value, perSecond);
        if (second < -MOST_SECONDS || second > MOST_SECONDS) {
            throw new RefusedFileException("a timestamp of column '" + vector.getName()
                    + "' lies beyond the years that microseconds reach: " + value + " " + unit);
        }
        if (second < FIRST_SECOND || second >= END_SECOND) {
            reach = Reach.BEYOND_NANOSECONDS;
        }
        IsoText.timestamp(second, (int) (Math.floorMod(value, perSecond) * (IsoText.NANOS / perSecond)), out);
        if (zone == Zone.UTC) {
            out.ascii('Z');
        }
        return TokenKind.STRING;
    }

    @Override
    public ValueEvidence evidence() {
        return DeclaredEvidence.timestamp(
                zone, unit == TimeUnit.NANOSECOND ? Unit.NANOSECOND : Unit.MICROSECOND, reach);
    }
}
