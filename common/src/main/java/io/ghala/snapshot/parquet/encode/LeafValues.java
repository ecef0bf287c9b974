package io.ghala.snapshot.parquet.encode;

import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/**
 * The values of one leaf in one row group without its nulls, in Parquet's physical type. Ranges go from {@code from} to
 * before {@code to}.
 */
abstract class LeafValues {
    /** No way to encode, or none that pays. */
    static final long NEVER = Long.MAX_VALUE;

    static LeafValues of(ColumnDescriptor leaf, EncodingBuffers buffers) {
        return switch (leaf.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new BooleanValues(buffers);
            case INT32 -> new IntegerValues(Integer.BYTES, buffers);
            case INT64 -> new IntegerValues(Long.BYTES, buffers);
            case DOUBLE -> new DoubleValues(buffers);
            case BINARY -> new BytesValues(0, buffers);
            case FIXED_LEN_BYTE_ARRAY -> new BytesValues(leaf.getPrimitiveType().getTypeLength(), buffers);
            default ->
                throw new IllegalArgumentException("column " + String.join(".", leaf.getPath()) + " has the type "
                        + leaf.getPrimitiveType() + ", which is not of the closed set");
        };
    }

    /** Adds {@code count} values of {@code vector}, those from {@code first} on. */
    abstract void append(FieldVector vector, int first, int count);

    /** Adds the values of {@code vector} at the first {@code count} of {@code indexes}, which ascend. */
    abstract void append(FieldVector vector, int[] indexes, int count);

    abstract int size();

    /** What {@link #plain} writes. */
    abstract long plainBytes(int from, int to);

    abstract void plain(int from, int to, ByteSink out);

    /**
     * The values as a dictionary of at most {@code maxBytes}; empty where they have too many different ones, or
     * probably so many that all would take {@code otherBytes} and more.
     */
    abstract Optional<CodedValues> dictionary(int maxBytes, long otherBytes);

    /** About what {@link #delta} gives for all values, in bytes, or {@link #NEVER}. */
    long deltaBytes() {
        return NEVER;
    }

    /** How {@link #delta} encodes. */
    Encoding deltaEncoding() {
        throw new UnsupportedOperationException("these values have no differences");
    }

    /** The range as differences from the value before. */
    void delta(int from, int to, ByteSink out) {
        throw new UnsupportedOperationException("these values have no differences");
    }

    /** Takes the range into {@code into}, value {@code i} as often as {@code uses[i]} says, or once. */
    abstract void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into);

    /** Adds all values to {@code filter}. */
    abstract void bloom(BloomFilter filter);
}
