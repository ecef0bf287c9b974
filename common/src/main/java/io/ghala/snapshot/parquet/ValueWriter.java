package io.ghala.snapshot.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes the values of one Arrow vector to its Parquet leaves with repetition and definition levels (Dremel encoding; see the Parquet format's
 * nested encoding). {@code definition} is the level of a null at this place; a value is defined one level deeper.
 */
abstract class ValueWriter {
    abstract void write(int index, int repetition, int definition);

    /** A null, or the absence of whatever holds this value. */
    abstract void writeNull(int repetition, int definition);

    /** Takes the leaves' writers from {@code leaves} in the order of the schema. */
    static ValueWriter of(FieldVector vector, Iterator<ColumnWriter> leaves, int repetitionDepth) {
        if (vector instanceof MapVector map) {
            return new Maps(map, leaves, repetitionDepth + 1);
        }
        if (vector instanceof ListVector list) {
            return new Lists(list, of(list.getDataVector(), leaves, repetitionDepth + 1), repetitionDepth + 1);
        }
        if (vector instanceof StructVector struct) {
            List<ValueWriter> fields = new ArrayList<>();
            for (FieldVector field : struct.getChildrenFromFields()) {
                fields.add(of(field, leaves, repetitionDepth));
            }
            return new Structs(struct, fields);
        }
        return new Leaf(vector, leaves.next(), setter(vector));
    }

    /** Hands one value that is not null to a leaf's writer. */
    private interface Setter {
        void set(ColumnWriter writer, int index, int repetition, int definition);
    }

    private static Setter setter(FieldVector vector) {
        if (vector instanceof VariableWidthFieldVector bytes) {
            return (writer, i, r, d) -> writer.write(Binary.fromConstantByteArray(bytes(bytes, i)), r, d);
        }
        if (vector instanceof BigIntVector integers) {
            return (writer, i, r, d) -> writer.write(integers.get(i), r, d);
        }
        if (vector instanceof Float8Vector doubles) {
            return (writer, i, r, d) -> writer.write(doubles.get(i), r, d);
        }
        if (vector instanceof BitVector booleans) {
            return (writer, i, r, d) -> writer.write(booleans.get(i) != 0, r, d);
        }
        if (vector instanceof DateDayVector dates) {
            return (writer, i, r, d) -> writer.write(dates.get(i), r, d);
        }
        if (vector instanceof TimeMicroVector times) {
            return (writer, i, r, d) -> writer.write(times.get(i), r, d);
        }
        if (vector instanceof TimeStampVector timestamps) {
            return (writer, i, r, d) -> writer.write(timestamps.get(i), r, d);
        }
        if (vector instanceof DecimalVector decimals) {
            return decimal(decimals);
        }
        throw new IllegalArgumentException("column " + vector.getName() + " has the Arrow type "
                + vector.getField().getType() + ", which is not of the closed set");
    }

    private static byte[] bytes(VariableWidthFieldVector vector, int index) {
        int start = vector.getOffsetBuffer().getInt((long) index * Integer.BYTES);
        int end = vector.getOffsetBuffer().getInt((long) (index + 1) * Integer.BYTES);
        byte[] bytes = new byte[end - start];
        vector.getDataBuffer().getBytes(start, bytes);
        return bytes;
    }

    private static Setter decimal(DecimalVector vector) {
        int precision = vector.getPrecision();
        if (precision <= ParquetSchemas.INT32_DIGITS) {
            return (writer, i, r, d) -> writer.write(unscaled(vector, i).intValueExact(), r, d);
        }
        if (precision <= ParquetSchemas.INT64_DIGITS) {
            return (writer, i, r, d) -> writer.write(unscaled(vector, i).longValueExact(), r, d);
        }
        int width = ParquetSchemas.decimalBytes(precision);
        return (writer, i, r, d) ->
                writer.write(Binary.fromConstantByteArray(padded(unscaled(vector, i), width)), r, d);
    }

    private static BigInteger unscaled(DecimalVector vector, int index) {
        BigDecimal value = vector.getObjectNotNull(index);
        return value.unscaledValue();
    }

    private static byte[] padded(BigInteger value, int width) {
        byte[] bytes = value.toByteArray();
        byte[] padded = new byte[width];
        Arrays.fill(padded, 0, width - bytes.length, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(bytes, 0, padded, width - bytes.length, bytes.length);
        return padded;
    }

    private static final class Leaf extends ValueWriter {
        private final FieldVector vector;
        private final ColumnWriter writer;
        private final Setter setter;

        Leaf(FieldVector vector, ColumnWriter writer, Setter setter) {
            this.vector = vector;
            this.writer = writer;
            this.setter = setter;
        }

        @Override
        void write(int index, int repetition, int definition) {
            if (vector.isNull(index)) {
                writer.writeNull(repetition, definition);
            } else {
                setter.set(writer, index, repetition, definition + 1);
            }
        }

        @Override
        void writeNull(int repetition, int definition) {
            writer.writeNull(repetition, definition);
        }
    }

    private static final class Structs extends ValueWriter {
        private final StructVector vector;
        private final List<ValueWriter> fields;

        Structs(StructVector vector, List<ValueWriter> fields) {
            this.vector = vector;
            this.fields = fields;
        }

        @Override
        void write(int index, int repetition, int definition) {
            if (vector.isNull(index)) {
                writeNull(repetition, definition);
            } else {
                fields.forEach(field -> field.write(index, repetition, definition + 1));
            }
        }

        @Override
        void writeNull(int repetition, int definition) {
            fields.forEach(field -> field.writeNull(repetition, definition));
        }
    }

    private static final class Lists extends ValueWriter {
        private final ListVector vector;
        private final ValueWriter element;
        private final int depth;

        Lists(ListVector vector, ValueWriter element, int depth) {
            this.vector = vector;
            this.element = element;
            this.depth = depth;
        }

        @Override
        void write(int index, int repetition, int definition) {
            if (vector.isNull(index)) {
                element.writeNull(repetition, definition);
                return;
            }
            int start = vector.getElementStartIndex(index);
            int end = vector.getElementEndIndex(index);
            if (start == end) {
                element.writeNull(repetition, definition + 1);
            }
            for (int i = start; i < end; i++) {
                element.write(i, i == start ? repetition : depth, definition + 2);
            }
        }

        @Override
        void writeNull(int repetition, int definition) {
            element.writeNull(repetition, definition);
        }
    }

    private static final class Maps extends ValueWriter {
        private final MapVector vector;
        private final VariableWidthFieldVector keys;
        private final ColumnWriter keyWriter;
        private final ValueWriter values;
        private final int depth;

        Maps(MapVector vector, Iterator<ColumnWriter> leaves, int depth) {
            this.vector = vector;
            this.depth = depth;
            List<FieldVector> entry = ((StructVector) vector.getDataVector()).getChildrenFromFields();
            this.keys = (VariableWidthFieldVector) entry.get(0);
            this.keyWriter = leaves.next();
            this.values = of(entry.get(1), leaves, depth);
        }

        @Override
        void write(int index, int repetition, int definition) {
            if (vector.isNull(index)) {
                writeNull(repetition, definition);
                return;
            }
            int start = vector.getElementStartIndex(index);
            int end = vector.getElementEndIndex(index);
            if (start == end) {
                writeNull(repetition, definition + 1);
            }
            for (int i = start; i < end; i++) {
                int r = i == start ? repetition : depth;
                keyWriter.write(Binary.fromConstantByteArray(bytes(keys, i)), r, definition + 2);
                values.write(i, r, definition + 2);
            }
        }

        @Override
        void writeNull(int repetition, int definition) {
            keyWriter.writeNull(repetition, definition);
            values.writeNull(repetition, definition);
        }
    }
}
