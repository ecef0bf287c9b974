package io.ghala.snapshot.parquet.encode;

import java.util.Arrays;

/**
 * The arrays that a column chunk is encoded in. They grow to what the largest chunk so far took and are used again for
 * the next one, by one thread at a time.
 */
public final class EncodingBuffers {
    final Ints repetitions = new Ints();
    final Ints definitions = new Ints();
    final Ints present = new Ints();
    final ByteSink page = new ByteSink();
    private byte[] bytes = new byte[1 << 14];
    private int[] offsets = new int[1024];
    private int[] codes = new int[1024];
    private long[] longs = new long[1024];

    /** Forgets the chunk before. */
    void clear() {
        repetitions.clear();
        definitions.clear();
        present.clear();
        page.clear();
    }

    /** At least so many bytes, which begin with what was in them. */
    byte[] bytes(int atLeast) {
        if (atLeast > bytes.length) {
            bytes = Arrays.copyOf(bytes, grown(atLeast, bytes.length));
        }
        return bytes;
    }

    /** As {@link #bytes}. */
    int[] offsets(int atLeast) {
        if (atLeast > offsets.length) {
            offsets = Arrays.copyOf(offsets, grown(atLeast, offsets.length));
        }
        return offsets;
    }

    /** As {@link #bytes}. */
    long[] longs(int atLeast) {
        if (atLeast > longs.length) {
            longs = Arrays.copyOf(longs, grown(atLeast, longs.length));
        }
        return longs;
    }

    /** At least so many numbers, with anything in them. */
    int[] codes(int atLeast) {
        if (atLeast > codes.length) {
            codes = new int[grown(atLeast, codes.length)];
        }
        return codes;
    }

    private static int grown(int atLeast, int before) {
        return (int) Math.min(Math.max(atLeast, 2L * before), Integer.MAX_VALUE - 8);
    }
}
