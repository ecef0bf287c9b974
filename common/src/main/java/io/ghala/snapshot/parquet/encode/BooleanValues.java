package io.ghala.snapshot.parquet.encode;

import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/** Values of the physical type BOOLEAN, a byte each here and a bit each in a page. */
final class BooleanValues extends LeafValues {
    private byte[] values = new byte[1024];
    private int size;

    @Override
    void append(FieldVector vector, int @Nullable [] indexes, int count) {
        BitVector bits = (BitVector) vector;
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count, 2 * values.length));
        }
        for (int i = 0; i < count; i++) {
            values[size + i] = (byte) bits.get(indexes == null ? i : indexes[i]);
        }
        size += count;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long plainBytes(int from, int to) {
        return ((long) to - from + Byte.SIZE - 1) / Byte.SIZE;
    }

    @Override
    void plain(int from, int to, ByteSink out) {
        for (int i = from; i < to; i += Byte.SIZE) {
            int bits = 0;
            for (int bit = 0; bit < Math.min(Byte.SIZE, to - i); bit++) {
                bits |= values[i + bit] << bit;
            }
            out.put(bits);
        }
    }

    @Override
    Optional<CodedValues> dictionary(int maxBytes) {
        return Optional.empty();
    }

    @Override
    void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into) {
        boolean anyTrue = false;
        boolean anyFalse = false;
        for (int i = from; i < to; i++) {
            anyTrue |= values[i] != 0;
            anyFalse |= values[i] == 0;
        }
        if (anyTrue) {
            into.updateStats(true);
        }
        if (anyFalse) {
            into.updateStats(false);
        }
    }

    @Override
    void bloom(BloomFilter filter) {
        throw new UnsupportedOperationException("Parquet has no Bloom filters over booleans");
    }
}
