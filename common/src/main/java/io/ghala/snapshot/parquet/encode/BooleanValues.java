package io.ghala.snapshot.parquet.encode;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/** Values of the physical type BOOLEAN, a byte each here and a bit each in a page. */
final class BooleanValues extends LeafValues {
    private final EncodingBuffers buffers;
    private byte[] values;
    private int size;

    BooleanValues(EncodingBuffers buffers) {
        this.buffers = buffers;
        this.values = buffers.bytes(0);
    }

    @Override
    void append(FieldVector vector, int first, int count) {
        values = buffers.bytes(Math.addExact(size, count));
        ByteBuffer bits = bits(vector);
        for (int i = 0; i < count; i++) {
            values[size + i] = bit(bits, first + i);
        }
        size += count;
    }

    @Override
    void append(FieldVector vector, int[] indexes, int count) {
        values = buffers.bytes(Math.addExact(size, count));
        ByteBuffer bits = bits(vector);
        for (int i = 0; i < count; i++) {
            values[size + i] = bit(bits, indexes[i]);
        }
        size += count;
    }

    private static ByteBuffer bits(FieldVector vector) {
        return vector.getDataBuffer().nioBuffer(0, (vector.getValueCount() + Byte.SIZE - 1) / Byte.SIZE);
    }

    private static byte bit(ByteBuffer bits, int index) {
        return (byte) ((bits.get(index / Byte.SIZE) >>> (index % Byte.SIZE)) & 1);
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
    Optional<CodedValues> dictionary(int maxBytes, long otherBytes) {
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
