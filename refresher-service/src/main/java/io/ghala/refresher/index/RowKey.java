package io.ghala.refresher.index;

import io.ghala.snapshot.hash.Xxh64;
import java.nio.charset.StandardCharsets;

/** A row id as 96 bits of hash: among ten million ids two share a key with a probability below 10^-14. */
public record RowKey(long high, int low) {
    private static final long LOW_SEED = 0x5851F42D4C957F2DL;

    public static RowKey of(String id) {
        byte[] utf8 = id.getBytes(StandardCharsets.UTF_8);
        return of(utf8, 0, utf8.length);
    }

    public static RowKey of(byte[] utf8, int offset, int length) {
        return new RowKey(Xxh64.hash(utf8, offset, length, 0), (int)
                (Xxh64.hash(utf8, offset, length, LOW_SEED) >>> Integer.SIZE));
    }

    /** The key whose digits {@link RowOrigins#keyText} gave. */
    static RowKey parse(String digits) {
        return new RowKey(
                Long.parseUnsignedLong(digits, 0, Long.BYTES * 2, 16),
                Integer.parseUnsignedInt(digits, Long.BYTES * 2, digits.length(), 16));
    }
}
