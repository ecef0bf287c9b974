package io.ghala.token;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes bytes on that are UTF-8 and nothing looser: no overlong forms, no surrogates, nothing beyond U+10FFFF, no cut
 * character at the end.
 */
final class StrictUtf8 extends FilterInputStream {
    private static final int CONTINUED = 0x80;
    private long before;
    private int missing;
    private int least = CONTINUED;
    private int most = CONTINUED | 0x3f;

    StrictUtf8(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = in.read(into, offset, length);
        if (got < 0 && missing > 0) {
            throw new NotUtf8Exception(before);
        }
        for (int i = 0; i < got; i++) {
            byte b = into[offset + i];
            if (b < 0 || missing > 0) {
                see(b & 0xff, before + i);
            }
        }
        before += Math.max(0, got);
        return got;
    }

    private void see(int b, long at) throws NotUtf8Exception {
        if (missing > 0) {
            require(b >= least && b <= most, at);
            missing--;
            least = CONTINUED;
            most = CONTINUED | 0x3f;
            return;
        }
        require(b >= 0xc2 && b <= 0xf4, at);
        missing = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
        least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : CONTINUED;
        most = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : CONTINUED | 0x3f;
    }

    private static void require(boolean text, long at) throws NotUtf8Exception {
        if (!text) {
            throw new NotUtf8Exception(at);
        }
    }
}
