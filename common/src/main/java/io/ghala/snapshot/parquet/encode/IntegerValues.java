package io.ghala.snapshot.parquet.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Optional;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.jspecify.annotations.Nullable;

/** Values of the physical types INT32 and INT64; decimals are their unscaled numbers. */
class IntegerValues extends LeafValues {
    /** A decimal has sixteen bytes; those that are written as integers fit the lower eight. */
    private static final int DECIMAL_LONGS = 2;

    private final int width;
    private final EncodingBuffers buffers;
    private final DeltaPacking packing;
    private long[] values;
    private int size;

    /** {@code width} is 4 or 8 bytes. */
    IntegerValues(int width, EncodingBuffers buffers) {
        this(width, buffers.longs(0), 0, buffers);
    }

    IntegerValues(int width, long[] values, int size, EncodingBuffers buffers) {
        this.width = width;
        this.buffers = buffers;
        this.packing = new DeltaPacking(width);
        this.values = values;
        this.size = size;
    }

    final long value(int index) {
        return values[index];
    }

    @Override
    final void append(FieldVector vector, int first, int count) {
        values = buffers.longs(Math.addExact(size, count));
        int stride = ((BaseFixedWidthVector) vector).getTypeWidth();
        ByteBuffer data = bytes(vector, stride);
        if (stride == Integer.BYTES) {
            IntBuffer ints = data.asIntBuffer();
            for (int i = 0; i < count; i++) {
                values[size + i] = ints.get(first + i);
            }
        } else if (stride == Long.BYTES) {
            data.asLongBuffer().get(first, values, size, count);
        } else {
            LongBuffer longs = data.asLongBuffer();
            for (int i = 0; i < count; i++) {
                values[size + i] = longs.get((first + i) * DECIMAL_LONGS);
            }
        }
        size += count;
    }

    @Override
    final void append(FieldVector vector, int[] indexes, int count) {
        values = buffers.longs(Math.addExact(size, count));
        int stride = ((BaseFixedWidthVector) vector).getTypeWidth();
        ByteBuffer data = bytes(vector, stride);
        if (stride == Integer.BYTES) {
            IntBuffer ints = data.asIntBuffer();
            for (int i = 0; i < count; i++) {
                values[size + i] = ints.get(indexes[i]);
            }
        } else {
            int step = stride / Long.BYTES;
            LongBuffer longs = data.asLongBuffer();
            for (int i = 0; i < count; i++) {
                values[size + i] = longs.get(indexes[i] * step);
            }
        }
        size += count;
    }

    private static ByteBuffer bytes(FieldVector vector, int stride) {
        return vector.getDataBuffer()
                .nioBuffer(0, vector.getValueCount() * stride)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    final int size() {
        return size;
    }

    @Override
    final long plainBytes(int from, int to) {
        return (long) (to - from) * width;
    }

    @Override
    final void plain(int from, int to, ByteSink out) {
        out.reserve((to - from) * width);
        for (int i = from; i < to; i++) {
            if (width == Long.BYTES) {
                out.putLong(values[i]);
            } else {
                out.putInt((int) values[i]);
            }
        }
    }

    @Override
    final Optional<CodedValues> dictionary(int maxBytes, long otherBytes) {
        DistinctLongs distinct = new DistinctLongs(maxBytes / width);
        DictionaryPays pays = new DictionaryPays(size, width, maxBytes, otherBytes);
        int[] codes = buffers.codes(size);
        for (int i = 0; i < size; i++) {
            codes[i] = distinct.code(values[i]);
            if (codes[i] < 0 || !pays.soFar(distinct.size(), i + 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(new CodedValues(dictionary(distinct.values(), distinct.size(), buffers), codes));
    }

    LeafValues dictionary(long[] distinct, int count, EncodingBuffers buffers) {
        return new IntegerValues(width, distinct, count, buffers);
    }

    @Override
    long deltaBytes() {
        return packing.bytes(values, size);
    }

    @Override
    final Encoding deltaEncoding() {
        return Encoding.DELTA_BINARY_PACKED;
    }

    @Override
    final void delta(int from, int to, ByteSink out) {
        packing.write(values, from, to, out);
    }

    @Override
    void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            if (uses == null || uses[i] > 0) {
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
        }
        if (least > greatest) {
            return;
        }
        if (width == Long.BYTES) {
            into.updateStats(least);
            into.updateStats(greatest);
        } else {
            into.updateStats((int) least);
            into.updateStats((int) greatest);
        }
    }

    @Override
    void bloom(BloomFilter filter) {
        for (int i = 0; i < size; i++) {
            filter.insertHash(width == Long.BYTES ? filter.hash(values[i]) : filter.hash((int) values[i]));
        }
    }
}
