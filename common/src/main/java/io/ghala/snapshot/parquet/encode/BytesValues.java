package io.ghala.snapshot.parquet.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Values of the physical types BYTE_ARRAY, ordered bytewise, and FIXED_LEN_BYTE_ARRAY, which are decimals in two's complement. */
final class BytesValues extends LeafValues {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int fixedLength;
    private byte[] bytes;
    private int[] offsets;
    private int size;

    /** {@code fixedLength} is the length of every value, 0 where each has its own. */
    BytesValues(int fixedLength) {
        this(fixedLength, new byte[1 << 14], new int[1025], 0);
    }

    private BytesValues(int fixedLength, byte[] bytes, int[] offsets, int size) {
        this.fixedLength = fixedLength;
        this.bytes = bytes;
        this.offsets = offsets;
        this.size = size;
    }

    @Override
    void append(FieldVector vector, int @Nullable [] indexes, int count) {
        if (count == 0) {
            return;
        }
        if (size + count >= offsets.length) {
            offsets = Arrays.copyOf(offsets, Math.max(size + count + 1, 2 * offsets.length));
        }
        if (vector instanceof DecimalVector decimals) {
            appendDecimals(decimals, indexes, count);
        } else {
            appendBytes(vector, indexes, count);
        }
        size += count;
    }

    private void appendBytes(FieldVector vector, int @Nullable [] indexes, int count) {
        IntBuffer starts = vector.getOffsetBuffer()
                .nioBuffer(0, (vector.getValueCount() + 1) * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        int end = offsets[size];
        for (int i = 0; i < count; i++) {
            int index = indexes == null ? i : indexes[i];
            end = Math.addExact(end, starts.get(index + 1) - starts.get(index));
            offsets[size + i + 1] = end;
        }
        reserve(end);
        int first = starts.get(indexes == null ? 0 : indexes[0]);
        int last = starts.get((indexes == null ? count - 1 : indexes[count - 1]) + 1);
        ByteBuffer data = vector.getDataBuffer().nioBuffer(0, last);
        if (last - first == end - offsets[size]) {
            data.get(first, bytes, offsets[size], last - first);
        } else {
            for (int i = 0; i < count; i++) {
                int at = offsets[size + i];
                int index = indexes == null ? i : indexes[i];
                data.get(starts.get(index), bytes, at, offsets[size + i + 1] - at);
            }
        }
    }

    private void appendDecimals(DecimalVector vector, int @Nullable [] indexes, int count) {
        reserve(Math.addExact(offsets[size], Math.multiplyExact(count, fixedLength)));
        ByteBuffer data = vector.getDataBuffer().nioBuffer(0, vector.getValueCount() * DecimalVector.TYPE_WIDTH);
        for (int i = 0; i < count; i++) {
            int from = (indexes == null ? i : indexes[i]) * DecimalVector.TYPE_WIDTH;
            int at = offsets[size + i];
            for (int b = 0; b < fixedLength; b++) {
                bytes[at + b] = data.get(from + fixedLength - 1 - b);
            }
            offsets[size + i + 1] = at + fixedLength;
        }
    }

    /** Eight bytes more than needed, so that a whole long can be read anywhere. */
    private void reserve(int end) {
        if (Math.addExact(end, Long.BYTES) > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(end + 8L, 2L * bytes.length), Integer.MAX_VALUE - 8));
        }
    }

    @Override
    int size() {
        return size;
    }

    @Override
    long plainBytes(int from, int to) {
        long prefixes = fixedLength > 0 ? 0 : (long) (to - from) * Integer.BYTES;
        return offsets[to] - offsets[from] + prefixes;
    }

    @Override
    void plain(int from, int to, ByteSink out) {
        out.reserve((int) plainBytes(from, to));
        if (fixedLength > 0) {
            out.put(bytes, offsets[from], offsets[to] - offsets[from]);
            return;
        }
        for (int i = from; i < to; i++) {
            int length = offsets[i + 1] - offsets[i];
            out.putInt(length);
            out.put(bytes, offsets[i], length);
        }
    }

    @Override
    Optional<CodedValues> dictionary(int maxBytes) {
        DistinctBytes distinct = new DistinctBytes(maxBytes);
        int[] codes = new int[size];
        for (int i = 0; i < size; i++) {
            codes[i] = distinct.code(bytes, offsets[i], offsets[i + 1] - offsets[i]);
            if (codes[i] < 0 || !DictionaryPays.soFar(distinct.size(), i)) {
                return Optional.empty();
            }
        }
        return Optional.of(new CodedValues(
                new BytesValues(fixedLength, distinct.bytes(), distinct.offsets(), distinct.size()), codes));
    }

    @Override
    void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into) {
        int least = -1;
        int greatest = -1;
        long leastPrefix = 0;
        long greatestPrefix = 0;
        for (int i = from; i < to; i++) {
            if (uses != null && uses[i] == 0) {
                continue;
            }
            long prefix = prefix(i);
            if (least < 0) {
                least = i;
                greatest = i;
                leastPrefix = prefix;
                greatestPrefix = prefix;
            } else if (prefix < leastPrefix || (prefix == leastPrefix && compare(i, least) < 0)) {
                least = i;
                leastPrefix = prefix;
            } else if (prefix > greatestPrefix || (prefix == greatestPrefix && compare(i, greatest) > 0)) {
                greatest = i;
                greatestPrefix = prefix;
            }
        }
        if (least >= 0) {
            into.updateStats(binary(least));
            into.updateStats(binary(greatest));
        }
    }

    /** The first eight bytes as a number that orders like them. */
    private long prefix(int index) {
        int length = Math.min(Long.BYTES, offsets[index + 1] - offsets[index]);
        if (length == 0) {
            return Long.MIN_VALUE;
        }
        long first = (long) BIG_ENDIAN.get(bytes, offsets[index]) & (-1L << (Long.SIZE - length * Byte.SIZE));
        // Decimals order as signed numbers already.
        return fixedLength > 0 ? first : first ^ Long.MIN_VALUE;
    }

    /** Compares two values whose prefixes are equal. */
    private int compare(int a, int b) {
        return Arrays.compareUnsigned(bytes, offsets[a], offsets[a + 1], bytes, offsets[b], offsets[b + 1]);
    }

    private Binary binary(int index) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(bytes, offsets[index], offsets[index + 1]));
    }

    @Override
    void bloom(BloomFilter filter) {
        for (int i = 0; i < size; i++) {
            filter.insertHash(
                    filter.hash(Binary.fromConstantByteArray(bytes, offsets[i], offsets[i + 1] - offsets[i])));
        }
    }
}
