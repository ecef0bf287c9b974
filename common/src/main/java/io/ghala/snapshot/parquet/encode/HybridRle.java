package io.ghala.snapshot.parquet.encode;

/**
 * Parquet's hybrid of run-length encoding and bit packing: runs of eight and more equal values, groups of eight packed
 * ones between them.
 */
final class HybridRle {
    private static final int GROUP = 8;

    private HybridRle() {}

    /** The bits that numbers from 0 to {@code greatest} take. */
    static int width(int greatest) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
    }

    /** Writes {@code values} from {@code from} to before {@code to}, {@code width} bits each. */
    static void write(int[] values, int from, int to, int width, ByteSink out) {
        int packedFrom = from;
        int at = from;
        while (at < to) {
            int value = values[at];
            int end = at + 1;
            while (end < to && values[end] == value) {
                end++;
            }
            int filled = at + ((packedFrom - at) & (GROUP - 1));
            if (end - filled >= GROUP) {
                pack(values, packedFrom, filled, width, out);
                run(value, end - filled, width, out);
                packedFrom = end;
            }
            at = end;
        }
        pack(values, packedFrom, to, width, out);
    }

    /** Writes {@code value} {@code times} over. */
    static void run(int value, int times, int width, ByteSink out) {
        out.putUnsignedVarInt(times << 1);
        for (int bits = 0; bits < width; bits += Byte.SIZE) {
            out.put(value >>> bits);
        }
    }

    private static void pack(int[] values, int from, int to, int width, ByteSink out) {
        if (from == to) {
            return;
        }
        int groups = (to - from + GROUP - 1) / GROUP;
        out.putUnsignedVarInt((groups << 1) | 1);
        out.reserve(groups * width + Long.BYTES);
        long waiting = 0;
        int bits = 0;
        for (int i = from; i < to; i++) {
            waiting |= (values[i] & 0xffff_ffffL) << bits;
            bits += width;
            if (bits >= Integer.SIZE) {
                out.putInt((int) waiting);
                waiting >>>= Integer.SIZE;
                bits -= Integer.SIZE;
            }
        }
        // The last group is filled up with zeros.
        int rest = groups * width - (int) ((long) (to - from) * width / Integer.SIZE) * Integer.BYTES;
        for (int i = 0; i < rest; i++) {
            out.put((int) waiting);
            waiting >>>= Byte.SIZE;
        }
    }
}
