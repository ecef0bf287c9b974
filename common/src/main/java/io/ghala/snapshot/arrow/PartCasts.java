package io.ghala.snapshot.arrow;

import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ScalarType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * The casts from the type that a part stores to the type that its table has, which every reader of a snapshot must do:
 * integers to DOUBLE (no further than 2^53), DECIMAL or their text, decimals to wider ones, and timestamps from micro-
 * to nanoseconds. All are exact. A part that would need another cast is built anew by the refresher.
 */
public final class PartCasts {
    private static final long NANOS_PER_MICRO = 1000;

    private PartCasts() {}

    /** Whether a part that stores {@code from} may stay as it is while the table's column is {@code to}. */
    public static boolean exact(ColumnType from, ColumnType to) {
        return from.equals(to) || cast(from, to).isPresent();
    }

    /** Copies single values from one vector to another of another type. */
    interface Cast {
        void copy(FieldVector from, int fromRow, FieldVector to, int toRow);
    }

    /** The cast between two different types, empty where there is none. */
    static Optional<Cast> cast(ColumnType from, ColumnType to) {
        if (from == ScalarType.BIGINT) {
            return ofInteger(to);
        }
        if (from instanceof DecimalType narrow && to instanceof DecimalType wide) {
            boolean fits = wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
            return fits ? Optional.of((v, row, out, toRow) -> copyDecimal(v, row, out, toRow, wide)) : Optional.empty();
        }
        boolean finer = (from == ScalarType.TIMESTAMP && to == ScalarType.TIMESTAMP_NS)
                || (from == ScalarType.TIMESTAMPTZ && to == ScalarType.TIMESTAMPTZ_NS);
        return finer ? Optional.of(PartCasts::copyAsNanos) : Optional.empty();
    }

    private static Optional<Cast> ofInteger(ColumnType to) {
        if (to == ScalarType.DOUBLE) {
            return Optional.of((v, row, out, toRow) -> ((Float8Vector) out).setSafe(toRow, (double) integer(v, row)));
        }
        if (to == ScalarType.VARCHAR) {
            return Optional.of((v, row, out, toRow) -> ((VarCharVector) out)
                    .setSafe(toRow, Long.toString(integer(v, row)).getBytes(StandardCharsets.US_ASCII)));
        }
        if (to instanceof DecimalType decimal && decimal.precision() - decimal.scale() >= 19) {
            return Optional.of((v, row, out, toRow) -> ((DecimalVector) out)
                    .setSafe(toRow, BigDecimal.valueOf(integer(v, row)).setScale(decimal.scale())));
        }
        return Optional.empty();
    }

    private static long integer(FieldVector vector, int row) {
        return ((BigIntVector) vector).get(row);
    }

    private static void copyDecimal(FieldVector from, int row, FieldVector to, int toRow, DecimalType type) {
        BigDecimal value = ((DecimalVector) from).getObjectNotNull(row);
        ((DecimalVector) to).setSafe(toRow, value.setScale(type.scale(), RoundingMode.UNNECESSARY));
    }

    private static void copyAsNanos(FieldVector from, int row, FieldVector to, int toRow) {
        long micros = ((TimeStampVector) from).get(row);
        ((TimeStampVector) to).setSafe(toRow, Math.multiplyExact(micros, NANOS_PER_MICRO));
    }
}
