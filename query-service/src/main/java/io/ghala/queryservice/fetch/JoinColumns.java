package io.ghala.queryservice.fetch;

import io.ghala.snapshot.codec.BlobRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BufferLayout;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Puts the columns of several blobs one behind the other, buffer by buffer, without looking at values. For columns
 * whose buffers are validity, 32-bit offsets and data, which is all that {@link io.ghala.arrow.ArrowSchemas} makes.
 */
final class JoinColumns {
    private static final int OFFSETS_AT_ONCE = 8192;

    private final List<? extends BlobRows> blobs;
    private final ColumnBuffers into;
    private int node;
    private int buffer;

    /** @param blobs all with the same columns, which are taken in their order */
    JoinColumns(List<? extends BlobRows> blobs, ColumnBuffers into) {
        this.blobs = blobs;
        this.into = into;
    }

    /** Joins the next column. */
    void join(Field field) {
        int own = node++;
        into.column(sum(i -> length(i, own)), sum(i -> blobs.get(i).node(own).getNullCount()));
        boolean text = false;
        for (BufferLayout layout : TypeLayout.getTypeLayout(field.getType()).getBufferLayouts()) {
            int width = layout.getTypeBitWidth();
            switch (layout.getType()) {
                case VALIDITY -> bits(own, true);
                case OFFSET -> {
                    offsets(own, field.getChildren().isEmpty() ? -1 : node);
                    text = true;
                }
                case DATA -> {
                    if (text) {
                        bytes(i -> end(i, own, buffer - 1));
                    } else if (width == 1) {
                        bits(own, false);
                    } else {
                        bytes(i -> (long) length(i, own) * (width / Byte.SIZE));
                    }
                }
                default -> throw new IllegalArgumentException(field + " has a buffer of other kind");
            }
            buffer++;
        }
        field.getChildren().forEach(this::join);
    }

    /** Leaves out the next column, which has no columns inside. */
    void skip(Field field) {
        node++;
        buffer += TypeLayout.getTypeBufferCount(field.getType());
    }

    /** The next column of a blob, which is of text. */
    TextColumn text(int blob) {
        return new TextColumn(blobs.get(blob), node, buffer);
    }

    private int length(int blob, int of) {
        return blobs.get(blob).node(of).getLength();
    }

    private long sum(IntToLongFunction amount) {
        long sum = 0;
        for (int i = 0; i < blobs.size(); i++) {
            sum += amount.applyAsLong(i);
        }
        return sum;
    }

    private void bits(int of, boolean validity) {
        BitAppender bits = new BitAppender(into.buffer(BitAppender.bytes(sum(i -> length(i, of)))));
        for (BlobRows blob : blobs) {
            ArrowFieldNode from = blob.node(of);
            if (validity && from.getNullCount() == 0) {
                bits.ones(from.getLength());
            } else {
                bits.bits(blob.buffer(buffer), from.getLength());
            }
        }
    }

    /** The last offset of a blob: how many bytes or elements its rows have. */
    private int end(int blob, int of, int offsets) {
        int length = length(blob, of);
        return length == 0 ? 0 : blobs.get(blob).buffer(offsets).getInt(length * Integer.BYTES);
    }

    /** @param child the node of what the offsets point into, negative for the bytes of texts */
    private void offsets(int of, int child) {
        ArrowBuf target = into.buffer((sum(i -> length(i, of)) + 1) * Integer.BYTES);
        IntBuffer to = target.nioBuffer(0, Math.toIntExact(target.capacity()))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asIntBuffer();
        to.put(0);
        int[] some = new int[OFFSETS_AT_ONCE];
        int base = 0;
        for (int i = 0; i < blobs.size(); i++) {
            int length = length(i, of);
            if (length > 0) {
                IntBuffer from = blobs.get(i).buffer(buffer).asIntBuffer().slice(1, length);
                moved(from, base, to, some);
            }
            base = Math.addExact(base, child < 0 ? end(i, of, buffer) : length(i, child));
        }
    }

    private static void moved(IntBuffer from, int by, IntBuffer to, int[] some) {
        while (from.hasRemaining()) {
            int count = Math.min(some.length, from.remaining());
            from.get(some, 0, count);
            for (int n = 0; n < count; n++) {
                some[n] += by;
            }
            to.put(some, 0, count);
        }
    }

    private void bytes(IntToLongFunction lengths) {
        ArrowBuf target = into.buffer(sum(lengths));
        long to = 0;
        for (int i = 0; i < blobs.size(); i++) {
            ByteBuffer from = blobs.get(i).buffer(buffer).slice(0, Math.toIntExact(lengths.applyAsLong(i)));
            target.setBytes(to, from);
            to += from.capacity();
        }
    }
}
