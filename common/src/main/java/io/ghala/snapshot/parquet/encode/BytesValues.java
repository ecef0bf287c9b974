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
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Values of the physical types BYTE_ARRAY, ordered bytewise, and FIXED_LEN_BYTE_ARRAY, which are decimals in two's
 * complement.
 */
final class BytesValues extends LeafValues {
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Shared prefixes pay from one byte in so many on; readers take longer over them. */
    private static final int SHARED_PAYS = 8;

    private final int fixedLength;
    private final EncodingBuffers buffers;
    private byte[] bytes;
    private int[] offsets;
    private int size;

    /** {@code fixedLength} is the length of every value, 0 where each has its own. */
    BytesValues(int fixedLength, EncodingBuffers buffers) {
        this(fixedLength, buffers.bytes(Long.BYTES), buffers.offsets(1), 0, buffers);
        offsets[0] = 0;
    }

    private BytesValues(int fixedLength, byte[] bytes, int[] offsets, int size, EncodingBuffers buffers) {
        this.fixedLength = fixedLength;
        this.bytes = bytes;
        this.offsets = offsets;
        this.size = size;
        this.buffers = buffers;
    }

    @Override
    void append(FieldVector vector, int first, int count) {
        if (vector instanceof DecimalVector decimals) {
            appendDecimals(decimals, null, first, count);
            return;
        }
        offsets = buffers.offsets(Math.addExact(size, count) + 1);
        int end = offsets[size];
        IntBuffer starts = starts(vector);
        starts.get(first, offsets, size, count + 1);
        int start = offsets[size];
        int length = offsets[size + count] - start;
        reserve(Math.addExact(end, length));
        for (int i = size; i <= size + count; i++) {
            offsets[i] += end - start;
        }
        vector.getDataBuffer().nioBuffer(start, length).get(bytes, end, length);
        size += count;
    }

    @Override
    void append(FieldVector vector, int[] indexes, int count) {
        if (vector instanceof DecimalVector decimals) {
            appendDecimals(decimals, indexes, 0, count);
            return;
        }
        offsets = buffers.offsets(Math.addExact(size, count) + 1);
        IntBuffer starts = starts(vector);
        ByteBuffer data = vector.getDataBuffer().nioBuffer(0, starts.get(vector.getValueCount()));
        int end = offsets[size];
        for (int i = 0; i < count; i++) {
            int start = starts.get(indexes[i]);
            int length = starts.get(indexes[i] + 1) - start;
            reserve(Math.addExact(end, length));
            data.get(start, bytes, end, length);
            end += length;
            offsets[size + i + 1] = end;
        }
        size += count;
    }

    private static IntBuffer starts(FieldVector vector) {
        return vector.getOffsetBuffer()
                .nioBuffer(0, (vector.getValueCount() + 1) * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
    }

    private void appendDecimals(DecimalVector vector, int @Nullable [] indexes, int first, int count) {
        offsets = buffers.offsets(Math.addExact(size, count) + 1);
        reserve(Math.addExact(offsets[size], Math.multiplyExact(count, fixedLength)));
        ByteBuffer data = vector.getDataBuffer().nioBuffer(0, vector.getValueCount() * DecimalVector.TYPE_WIDTH);
        for (int i = 0; i < count; i++) {
            int from = (indexes == null ? first + i : indexes[i]) * DecimalVector.TYPE_WIDTH;
            int at = offsets[size + i];
            for (int b = 0; b < fixedLength; b++) {
                bytes[at + b] = data.get(from + fixedLength - 1 - b);
            }
            offsets[size + i + 1] = at + fixedLength;
        }
        size += count;
    }

    /** Eight bytes more than needed, so that a whole long can be read anywhere. */
    private void reserve(int end) {
        bytes = buffers.bytes(Math.addExact(end, Long.BYTES));
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
    Optional<CodedValues> dictionary(int maxBytes, long otherBytes) {
        DistinctBytes distinct = new DistinctBytes(maxBytes);
        double valueBytes = (double) plainBytes(0, size) / Math.max(1, size);
        DictionaryPays pays = new DictionaryPays(size, valueBytes, maxBytes, otherBytes);
        int[] codes = buffers.codes(size);
        for (int i = 0; i < size; i++) {
            codes[i] = distinct.code(bytes, offsets[i], offsets[i + 1] - offsets[i]);
            if (codes[i] < 0 || !pays.soFar(distinct.size(), i + 1)) {
                return Optional.empty();
            }
        }
        return Optional.of(new CodedValues(
                new BytesValues(fixedLength, distinct.bytes(), distinct.offsets(), distinct.size(), buffers), codes));
    }

    @Override
    long deltaBytes() {
        long all = offsets[size];
        long shared = fixedLength > 0 ? 0 : SharedPrefixes.estimate(bytes, offsets, size);
        return shared * SHARED_PAYS < all || shared == 0 ? NEVER : all - shared + 2L * size;
    }

    @Override
    Encoding deltaEncoding() {
        return Encoding.DELTA_BYTE_ARRAY;
    }

    @Override
    void delta(int from, int to, ByteSink out) {
        SharedPrefixes.write(bytes, offsets, from, to, buffers, out);
    }

    @Override
    void statistics(int from, int to, int @Nullable [] uses, Statistics<?> into) {
        int least = outermost(from, to, uses, 0);
        if (least >= 0) {
            into.updateStats(binary(least));
            into.updateStats(binary(outermost(from, to, uses, -1)));
        }
    }

    /** The least value that is used, with {@code turn} -1 the greatest; -1 where there is none. */
    private int outermost(int from, int to, int @Nullable [] uses, int turn) {
        int best = -1;
        long bestPrefix = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            if (uses != null && uses[i] == 0) {
                continue;
            }
            long prefix = prefix(i) ^ turn;
            if (prefix < bestPrefix || (prefix == bestPrefix && (best < 0 || (compare(i, best) ^ turn) < 0))) {
                best = i;
                bestPrefix = prefix;
            }
        }
        return best;
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
