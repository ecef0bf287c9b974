package io.ghala.snapshot.hash;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * The hash of the values of one vector. Equal values hash equally whatever the column's type as long as casting between
 * the types is exact: the integer 1 as BIGINT, DECIMAL, DOUBLE or as the text {@code 1}, and an instant in microseconds
 * or nanoseconds.
 */
abstract class ValueHash {
    private static final long INTEGER = 0x2545F4914F6CDD1DL;
    private static final long FLOATING = 0x8CB92BA72F3D8DD7L;
    private static final long BOOLEAN = 0xD6E8FEB86659FD93L;
    private static final long DATE = 0xA0761D6478BD642FL;
    private static final long TIME = 0xE7037ED1A0B428DBL;
    private static final long INSTANT = 0x589965CC75374CC3L;
    private static final long NESTED = 0x1D8E4E27C47D124FL;
    private static final long NULL = 0xEB44ACCAB455D165L;
    private static final double DOUBLE_EXACT = 1L << 53;
    private static final int LONGEST_INTEGER = 18;
    private static final long SHORT_INTEGERS = 1_000_000_000_000_000_000L;

    /** The hash of the value in a row, which is not null. */
    abstract long of(int row);

    static ValueHash of(FieldVector vector) {
        if (vector instanceof BaseVariableWidthVector bytes) {
            return new Bytes(bytes, vector instanceof VarCharVector);
        }
        if (vector instanceof BigIntVector integers) {
            return simple(row -> integer(integers.get(row)));
        }
        if (vector instanceof Float8Vector doubles) {
            return simple(row -> floating(doubles.get(row)));
        }
        if (vector instanceof DecimalVector decimals) {
            return simple(row -> decimal(decimals, row));
        }
        if (vector instanceof BitVector bits) {
            return simple(row -> Xxh64.mix(bits.get(row) + BOOLEAN));
        }
        if (vector instanceof DateDayVector dates) {
            return simple(row -> Xxh64.mix(dates.get(row) + DATE));
        }
        if (vector instanceof TimeMicroVector times) {
            return simple(row -> Xxh64.mix(times.get(row) + TIME));
        }
        if (vector instanceof TimeStampVector timestamps) {
            return instants(timestamps);
        }
        return nested(vector);
    }

    private static ValueHash nested(FieldVector vector) {
        if (vector instanceof MapVector map) {
            return new Lists(map);
        }
        if (vector instanceof ListVector list) {
            return new Lists(list);
        }
        if (vector instanceof StructVector struct) {
            return new Structs(struct);
        }
        throw new IllegalArgumentException("column " + vector.getName() + " has the Arrow type "
                + vector.getField().getType() + ", which is not of the closed set");
    }

    /** Hashes the value in a row. */
    private interface OfRow {
        long of(int row);
    }

    private static ValueHash simple(OfRow hash) {
        return new ValueHash() {
            @Override
            long of(int row) {
                return hash.of(row);
            }
        };
    }

    /** Integers of more than 18 digits hash as their text, since text that long is not read as a number. */
    private static long integer(long value) {
        if (value > -SHORT_INTEGERS && value < SHORT_INTEGERS) {
            return Xxh64.mix(value + INTEGER);
        }
        byte[] digits = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
        return Xxh64.hash(digits, 0, digits.length, 0);
    }

    private static long floating(double value) {
        boolean whole = Math.abs(value) <= DOUBLE_EXACT && value == Math.rint(value);
        return whole && !isNegativeZero(value)
                ? integer((long) value)
                : Xxh64.mix(Double.doubleToLongBits(value) + FLOATING);
    }

    private static boolean isNegativeZero(double value) {
        return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
    }

    private static long decimal(DecimalVector vector, int row) {
        BigDecimal value = vector.getObjectNotNull(row);
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        byte[] text = stripped.toPlainString().getBytes(StandardCharsets.US_ASCII);
        return text(text, text.length);
    }

    private static ValueHash instants(TimeStampVector vector) {
        TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
        long perSecond = unit == TimeUnit.NANOSECOND ? 1_000_000_000L : 1_000_000L;
        long nanos = 1_000_000_000L / perSecond;
        return simple(row -> {
            long value = vector.get(row);
            long seconds = Math.floorDiv(value, perSecond);
            return Xxh64.mix(Xxh64.mix(seconds + INSTANT) + Math.floorMod(value, perSecond) * nanos);
        });
    }

    /** Text that is an integer in its one canonical form hashes as that integer. */
    private static long text(byte[] utf8, int length) {
        int from = length > 0 && utf8[0] == '-' ? 1 : 0;
        int digits = length - from;
        if (digits < 1 || digits > LONGEST_INTEGER || (utf8[from] == '0' && length > 1)) {
            return Xxh64.hash(utf8, 0, length, 0);
        }
        long value = 0;
        for (int i = from; i < length; i++) {
            int digit = utf8[i] - '0';
            if (digit < 0 || digit > 9) {
                return Xxh64.hash(utf8, 0, length, 0);
            }
            value = value * 10 + digit;
        }
        return integer(from == 1 ? -value : value);
    }

    /** Text and binary. */
    private static final class Bytes extends ValueHash {
        private final BaseVariableWidthVector vector;
        private final boolean text;
        private byte[] value = new byte[256];

        Bytes(BaseVariableWidthVector vector, boolean text) {
            this.vector = vector;
            this.text = text;
        }

        @Override
        long of(int row) {
            int start = vector.getStartOffset(row);
            int length = vector.getEndOffset(row) - start;
            if (length > value.length) {
                value = new byte[Math.max(length, value.length * 2)];
            }
            ArrowBuf data = vector.getDataBuffer();
            data.getBytes(start, value, 0, length);
            return text ? text(value, length) : Xxh64.hash(value, 0, length, 1);
        }
    }

    /** Lists in their order; maps as lists of entries. */
    private static final class Lists extends ValueHash {
        private final ListVector list;
        private final FieldVector elements;
        private final ValueHash element;

        Lists(ListVector list) {
            this.list = list;
            this.elements = list.getDataVector();
            this.element = ValueHash.of(elements);
        }

        @Override
        long of(int row) {
            long hash = NESTED;
            int end = list.getElementEndIndex(row);
            for (int i = list.getElementStartIndex(row); i < end; i++) {
                hash = Xxh64.mix(hash * 31 + (elements.isNull(i) ? NULL : element.of(i)));
            }
            return hash;
        }
    }

    /** Fields by name, whatever their order; a null field counts as a missing one. */
    private static final class Structs extends ValueHash {
        private final List<FieldVector> fields;
        private final List<ValueHash> values = new ArrayList<>();
        private final long[] names;

        Structs(StructVector struct) {
            this.fields = struct.getChildrenFromFields();
            this.names = new long[fields.size()];
            for (int i = 0; i < names.length; i++) {
                values.add(ValueHash.of(fields.get(i)));
                names[i] = RowHashes.nameSeed(fields.get(i).getName());
            }
        }

        @Override
        long of(int row) {
            long hash = NESTED;
            for (int i = 0; i < names.length; i++) {
                if (!fields.get(i).isNull(row)) {
                    hash += Xxh64.mix(values.get(i).of(row) + names[i]);
                }
            }
            return hash;
        }
    }
}
