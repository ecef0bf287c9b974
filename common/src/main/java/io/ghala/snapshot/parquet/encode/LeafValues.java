package io.ghala.snapshot.parquet.encode;

import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/** The values of one leaf in one row group without its nulls, in Parquet's physical type. Ranges go from {@code from} to before {@code to}. */
abstract class LeafValues {
    /** No way to encode, or none that pays. */
    static final long NEVER = Long.MAX_VALUE;

    static LeafValues of(ColumnDescriptor leaf) {
        return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanValues();
            case INT32 -> new IntegerValues(Integer.BYTES);
            case INT64 -> new IntegerValues(Long.BYTES);
            case DOUBLE -> new DoubleValues();
            case BINARY -> new BytesValues(0);
            case FIXED_LEN_BYTE_ARRAY -> new BytesValues(leaf.getPrimitiveType().getTypeLength());
            default ->
                throw new IllegalArgumentException("column " + String.join(".", leaf.getPath()) + " has the type "
                        + leaf.getPrimitiveType() + ", which is not of the closed set");
        };
    }

    /** Adds the first {@code count} values of {@code vector}, or those at the first {@code count} of {@code indexes}. */
    abstract void append(FieldVector vector, int @Nullable [] indexes, int count);

    abstract int size();

    /** What {@link #plain} writes. */
    abstract long plainBytes(int from, int to);

    abstract void plain(int from, int to, ByteSink out);

    /** The values as a dictionary of at most {@code maxBytes}; empty where they have too many different ones for it to pay. */
    abstract Optional<CodedValues> dictionary(int maxBytes);

    /** About what {@link #delta} gives for all values, in bytes, or {@link #NEVER}. */
    long deltaBytes() {
        return NEVER;
    }

    /** The range as DELTA_BINARY_PACKED. */
    BytesInput delta(int from, int to) {
        throw new UnsupportedOperationException("only whole numbers have differences");
    }

    /** Takes the range into {@code into}, value {@code i} as often as {@code uses[i]} says, or once. */
    abstract void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into);

    /** Adds all values to {@code filter}. */
    abstract void bloom(BloomFilter filter);
}
