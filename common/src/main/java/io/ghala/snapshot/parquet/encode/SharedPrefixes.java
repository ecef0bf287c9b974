package io.ghala.snapshot.parquet.encode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parquet's DELTA_BYTE_ARRAY: how many bytes each value shares with the one before, how many follow, both as
 * DELTA_BINARY_PACKED, and those that follow. Arrays of values hold eight bytes more than they need.
 */
final class SharedPrefixes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LOOKED_AT = 16;

    private SharedPrefixes() {}

    /** About the bytes that the first {@code size} values share with the one before, from one in sixteen of them. */
    static long estimate(byte[] bytes, int[] offsets, int size) {
        long shared = 0;
        for (int i = 1; i < size; i += LOOKED_AT) {
            shared += shared(bytes, offsets, i);
        }
        return shared * LOOKED_AT;
    }

    /** Writes the values from {@code from} to before {@code to}. */
    static void write(byte[] bytes, int[] offsets, int from, int to, EncodingBuffers buffers, ByteSink out) {
        int count = to - from;
        long[] lengths = buffers.longs(Math.multiplyExact(2, count));
        int following = 0;
        for (int i = 0; i < count; i++) {
            int shared = i == 0 ? 0 : shared(bytes, offsets, from + i);
            int rest = offsets[from + i + 1] - offsets[from + i] - shared;
            lengths[i] = shared;
            lengths[count + i] = rest;
            following += rest;
        }
        DeltaPacking packing = new DeltaPacking(Integer.BYTES);
        packing.write(lengths, 0, count, out);
        packing.write(lengths, count, 2 * count, out);
        out.reserve(following);
        for (int i = 0; i < count; i++) {
            out.put(bytes, offsets[from + i] + (int) lengths[i], (int) lengths[count + i]);
        }
    }

    private static int shared(byte[] bytes, int[] offsets, int index) {
        int before = offsets[index - 1];
        int at = offsets[index];
        int most = Math.min(at - before, offsets[index + 1] - at);
        for (int same = 0; same < most; same += Long.BYTES) {
            long differ = (long) LONG.get(bytes, before + same) ^ (long) LONG.get(bytes, at + same);
            if (differ != 0) {
                return Math.min(most, same + Long.numberOfTrailingZeros(differ) / Byte.SIZE);
            }
        }
        return most;
    }
}
