package io.ghala.snapshot.parquet.encode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.jspecify.annotations.Nullable;

/** Values of the physical types INT32 and INT64; decimals are their unscaled numbers. */
class IntegerValues extends LeafValues {
    private static final int DELTA_BLOCK = 128;
    private static final int DELTA_MINI_BLOCK = 32;

    private final int width;
    private long[] values;
    private int size;

    /** {@code width} is 4 or 8 bytes. */
    IntegerValues(int width) {
        this(width, new long[1024], 0);
    }

    IntegerValues(int width, long[] values, int size) {
        this.width = width;
        this.values = values;
        this.size = size;
    }

    final long value(int index) {
        return values[index];
    }

    @Override
    final void append(FieldVector vector, int @Nullable [] indexes, int count) {
        if (count == 0) {
            return;
        }
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(size + count, 2 * values.length));
        }
        int stride = ((BaseFixedWidthVector) vector).getTypeWidth();
        ByteBuffer data = vector.getDataBuffer()
                .nioBuffer(0, vector.getValueCount() * stride)
                .order(ByteOrder.LITTLE_ENDIAN);
        if (stride == Integer.BYTES) {
            IntBuffer ints = data.asIntBuffer();
            for (int i = 0; i < count; i++) {
                values[size + i] = ints.get(indexes == null ? i : indexes[i]);
            }
        } else {
            // A decimal has sixteen bytes; those that are written as integers fit the lower eight.
            int step = stride / Long.BYTES;
            LongBuffer longs = data.asLongBuffer();
            if (indexes == null && step == 1) {
                longs.get(values, size, count);
            } else {
                for (int i = 0; i < count; i++) {
                    values[size + i] = longs.get((indexes == null ? i : indexes[i]) * step);
                }
            }
        }
        size += count;
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
    final Optional<CodedValues> dictionary(int maxBytes) {
        DistinctLongs distinct = new DistinctLongs(maxBytes / width);
        int[] codes = new int[size];
        for (int i = 0; i < size; i++) {
            codes[i] = distinct.code(values[i]);
            if (codes[i] < 0 || !DictionaryPays.soFar(distinct.size(), i)) {
                return Optional.empty();
            }
        }
        return Optional.of(new CodedValues(dictionary(distinct.values(), distinct.size()), codes));
    }

    LeafValues dictionary(long[] distinct, int count) {
        return new IntegerValues(width, distinct, count);
    }

    @Override
    long deltaBytes() {
        long bytes = 2 * Long.BYTES;
        for (int block = 1; block < size; block += DELTA_BLOCK) {
            int end = Math.min(size, block + DELTA_BLOCK);
            long least = Long.MAX_VALUE;
            for (int i = block; i < end; i++) {
                least = Math.min(least, values[i] - values[i - 1]);
            }
            bytes += 2 * Long.BYTES;
            for (int mini = block; mini < end; mini += DELTA_MINI_BLOCK) {
                long bits = 0;
                for (int i = mini; i < Math.min(end, mini + DELTA_MINI_BLOCK); i++) {
                    bits |= values[i] - values[i - 1] - least;
                }
                bytes += (long) (Long.SIZE - Long.numberOfLeadingZeros(bits)) * DELTA_MINI_BLOCK / Byte.SIZE;
            }
        }
        return bytes;
    }

    @Override
    BytesInput delta(int from, int to) {
        int slab = Math.max(1024, (to - from) * width / 8);
        if (width == Long.BYTES) {
            DeltaBinaryPackingValuesWriterForLong writer = new DeltaBinaryPackingValuesWriterForLong(
                    DELTA_BLOCK,
                    DELTA_BLOCK / DELTA_MINI_BLOCK,
                    slab,
                    Integer.MAX_VALUE,
                    HeapByteBufferAllocator.getInstance());
            for (int i = from; i < to; i++) {
                writer.writeLong(values[i]);
            }
            return writer.getBytes();
        }
        DeltaBinaryPackingValuesWriterForInteger writer = new DeltaBinaryPackingValuesWriterForInteger(
                DELTA_BLOCK,
                DELTA_BLOCK / DELTA_MINI_BLOCK,
                slab,
                Integer.MAX_VALUE,
                HeapByteBufferAllocator.getInstance());
        for (int i = from; i < to; i++) {
            writer.writeInteger((int) values[i]);
        }
        return writer.getBytes();
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
