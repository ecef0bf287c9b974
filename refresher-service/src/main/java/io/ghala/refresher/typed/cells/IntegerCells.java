package io.ghala.refresher.typed.cells;

import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.ValueEvidence;
import java.math.BigInteger;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.UInt8Vector;

/** Integers of any width, signed or not. */
final class IntegerCells extends Cells {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);
    private final BaseIntVector vector;
    private final boolean unsigned64;
    private long least;
    private long greatest;
    private boolean beyondLong;
    private BigInteger greatestBeyond = BigInteger.ZERO;

    IntegerCells(BaseIntVector vector) {
        this.vector = vector;
        this.unsigned64 = vector instanceof UInt8Vector;
    }

    @Override
    public boolean isNull(int row) {
        return vector.isNull(row);
    }

    @Override
    public TokenKind text(int row, Utf8Buffer out) {
        long value = vector.getValueAsLong(row);
        if (unsigned64 && value < 0) {
            beyondLong = true;
            greatestBeyond = greatestBeyond.max(BigInteger.valueOf(value).add(TWO_TO_64));
            out.text(Long.toUnsignedString(value));
        } else {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
            out.number(value);
        }
        return TokenKind.NUMBER;
    }

    @Override
    public ValueEvidence evidence() {
        ValueEvidence within = DeclaredEvidence.integer(BigInteger.valueOf(least))
                .join(DeclaredEvidence.integer(BigInteger.valueOf(greatest)));
        return beyondLong ? within.join(DeclaredEvidence.integer(greatestBeyond)) : within;
    }
}
