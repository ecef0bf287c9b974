package io.ghala.snapshot.parquet.encode;

import java.util.Arrays;

/**
 * Parquet's DELTA_BINARY_PACKED: the first value, then blocks of 128 differences, each as the least of them and four
 * times 32 rests of as many bits as the largest needs. Differences wrap around at the width of the values.
 */
final class DeltaPacking {
    private static final int BLOCK = 128;
    private static final int MINI_BLOCKS = 4;
    private static final int MINI_BLOCK = BLOCK / MINI_BLOCKS;
    private static final int MOST_BLOCK_BYTES = 10 + MINI_BLOCKS + BLOCK * Long.BYTES;

    private final boolean narrow;
    private final long[] rests = new long[BLOCK];
    private final int[] widths = new int[MINI_BLOCKS];

    /** {@code width} of the values is 4 or 8 bytes. */
    DeltaPacking(int width) {
        this.narrow = width == Integer.BYTES;
    }

    /** About the bytes that {@link #write} gives for the first {@code size} values. */
    long bytes(long[] values, int size) {
        long bytes = 2 * Long.BYTES;
        for (int block = 1; block < size; block += BLOCK) {
            int count = Math.min(size - block, BLOCK);
            subtract(values, block, count);
            int bits = widths[0] + widths[1] + widths[2] + widths[3];
            bytes += 2 * Long.BYTES + (long) bits * MINI_BLOCK / Byte.SIZE;
        }
        return bytes;
    }

    /** Writes {@code values} from {@code from} to before {@code to}. */
    void write(long[] values, int from, int to, ByteSink out) {
        out.putUnsignedVarInt(BLOCK);
        out.putUnsignedVarInt(MINI_BLOCKS);
        out.putUnsignedVarInt(to - from);
        out.putZigZag(from < to ? values[from] : 0);
        for (int block = from + 1; block < to; block += BLOCK) {
            int count = Math.min(to - block, BLOCK);
            long least = subtract(values, block, count);
            out.reserve(MOST_BLOCK_BYTES);
            out.putZigZag(least);
            // Mini blocks behind the last value have no bits and no bytes.
            for (int mini = 0; mini < MINI_BLOCKS; mini++) {
                out.put(widths[mini]);
            }
            for (int mini = 0; mini < MINI_BLOCKS; mini++) {
                pack(mini * MINI_BLOCK, widths[mini], out);
            }
        }
    }

    /**
     * Keeps what the differences of a block exceed the least of them by, zeros behind them, and the bits that takes;
     * returns the least.
     */
    private long subtract(long[] values, int block, int count) {
        long least = Long.MAX_VALUE;
        long before = values[block - 1];
        for (int i = 0; i < count; i++) {
            long value = values[block + i];
            long difference = narrow ? (int) (value - before) : value - before;
            rests[i] = difference;
            least = Math.min(least, difference);
            before = value;
        }
        if (count < BLOCK) {
            Arrays.fill(rests, count, BLOCK, least);
        }
        for (int mini = 0; mini < MINI_BLOCKS; mini++) {
            long all = 0;
            for (int i = mini * MINI_BLOCK; i < (mini + 1) * MINI_BLOCK; i++) {
                rests[i] -= least;
                all |= rests[i];
            }
            widths[mini] = Long.SIZE - Long.numberOfLeadingZeros(all);
        }
        return least;
    }

    private void pack(int mini, int width, ByteSink out) {
        if (width == 0) {
            return;
        }
        long waiting = 0;
        int bits = 0;
        for (int i = mini; i < mini + MINI_BLOCK; i++) {
            long rest = rests[i];
            waiting |= rest << bits;
            bits += width;
            if (bits >= Long.SIZE) {
                out.putLong(waiting);
                bits -= Long.SIZE;
                waiting = bits == 0 ? 0 : rest >>> (width - bits);
            }
        }
        if (bits > 0) {
            // 32 values of any width fill whole ints.
            out.putInt((int) waiting);
        }
    }
}
