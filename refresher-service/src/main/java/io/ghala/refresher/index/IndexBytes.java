package io.ghala.refresher.index;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that grow as values are put into them, big-endian; arrays come after their length. */
final class IndexBytes {
    private ByteBuffer bytes = ByteBuffer.allocate(1 << 16);

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            long needed = (long) bytes.position() + more;
            long size = Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * bytes.capacity()));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), Math.toIntExact(Math.max(needed, size))))
                    .position(bytes.position());
        }
        return bytes;
    }

    void putBoolean(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    void putBytes(byte[] value) {
        putInt(value.length);
        room(value.length).put(value);
    }

    void putInts(int[] values) {
        putInt(values.length);
        ByteBuffer to = room(Math.multiplyExact(values.length, Integer.BYTES));
        to.asIntBuffer().put(values);
        to.position(to.position() + values.length * Integer.BYTES);
    }

    void putLongs(long[] values) {
        putInt(values.length);
        ByteBuffer to = room(Math.multiplyExact(values.length, Long.BYTES));
        to.asLongBuffer().put(values);
        to.position(to.position() + values.length * Long.BYTES);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
