package io.ghala.parquetwriter;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import org.apache.arrow.memory.util.ByteFunctionHelpers;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;

/** The ascending order of the values of one type, nulls last; text bytewise, NaN after all numbers. */
interface RowOrder {
    /** Compares a value of one batch with one of another. */
    int compare(FieldVector left, int a, FieldVector right, int b);

    /** Whether values of the column have an order: those of lists, structs and maps have none here. */
    static boolean exists(Column column) {
        return column.type().accept(new ColumnType.Visitor<>() {
            @Override
            public Boolean scalar(ScalarType type) {
                return true;
            }

            @Override
            public Boolean decimal(DecimalType type) {
                return true;
            }

            @Override
            public Boolean list(ListType type) {
                return false;
            }

            @Override
            public Boolean struct(StructType type) {
                return false;
            }

            @Override
            public Boolean map(MapType type) {
                return false;
            }
        });
    }

    /** The order of vectors like {@code example}. */
    static RowOrder of(FieldVector example) {
        RowOrder values = values(example);
        return (left, a, right, b) -> {
            boolean leftNull = left.isNull(a);
            boolean rightNull = right.isNull(b);
            return leftNull || rightNull ? Boolean.compare(leftNull, rightNull) : values.compare(left, a, right, b);
        };
    }

    private static RowOrder values(FieldVector example) {
        if (example instanceof BigIntVector) {
            return (left, a, right, b) -> Long.compare(((BigIntVector) left).get(a), ((BigIntVector) right).get(b));
        }
        if (example instanceof TimeStampVector) {
            return (left, a, right, b) ->
                    Long.compare(((TimeStampVector) left).get(a), ((TimeStampVector) right).get(b));
        }
        if (example instanceof TimeMicroVector) {
            return (left, a, right, b) ->
                    Long.compare(((TimeMicroVector) left).get(a), ((TimeMicroVector) right).get(b));
        }
        if (example instanceof DateDayVector) {
            return (left, a, right, b) ->
                    Integer.compare(((DateDayVector) left).get(a), ((DateDayVector) right).get(b));
        }
        if (example instanceof Float8Vector) {
            return (left, a, right, b) -> Double.compare(((Float8Vector) left).get(a), ((Float8Vector) right).get(b));
        }
        if (example instanceof BitVector) {
            return (left, a, right, b) -> Integer.compare(((BitVector) left).get(a), ((BitVector) right).get(b));
        }
        if (example instanceof DecimalVector) {
            return (left, a, right, b) ->
                    ((DecimalVector) left).getObjectNotNull(a).compareTo(((DecimalVector) right).getObjectNotNull(b));
        }
        return RowOrder::compareBytes;
    }

    private static int compareBytes(FieldVector left, int a, FieldVector right, int b) {
        return ByteFunctionHelpers.compare(
                left.getDataBuffer(),
                left.getOffsetBuffer().getInt((long) a * Integer.BYTES),
                left.getOffsetBuffer().getInt((a + 1L) * Integer.BYTES),
                right.getDataBuffer(),
                right.getOffsetBuffer().getInt((long) b * Integer.BYTES),
                right.getOffsetBuffer().getInt((b + 1L) * Integer.BYTES));
    }
}
