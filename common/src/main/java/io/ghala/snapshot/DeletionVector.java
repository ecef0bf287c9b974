package io.ghala.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The hidden rows of a part, counted from 0 over its blobs in their order. As a blob it is an Arrow IPC stream with one
 * Int32 column {@code row}, ascending, whatever the format of the snapshot.
 */
public final class DeletionVector {

    private static final Schema SCHEMA =
            new Schema(List.of(Field.notNullable("row", new ArrowType.Int(Integer.SIZE, true))));

    private DeletionVector() {}

    public static byte[] encode(BitSet hidden, BufferAllocator allocator) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            IntVector rows = (IntVector) root.getVector(0);
            rows.allocateNew(hidden.cardinality());
            int count = 0;
            for (int row = hidden.nextSetBit(0); row >= 0; row = hidden.nextSetBit(row + 1)) {
                rows.set(count++, row);
            }
            root.setRowCount(count);
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }

    /**
     * Reads the hidden rows of {@code part}.
     *
     * @throws CorruptSnapshotException when the bytes do not hide as many rows of the part as its manifest says
     */
    public static BitSet decode(byte[] bytes, PartRef part, BufferAllocator allocator) {
        BitSet hidden = new BitSet();
        try (ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            if (!reader.loadNextBatch()
                    || !reader.getVectorSchemaRoot().getSchema().equals(SCHEMA)) {
                throw new CorruptSnapshotException("a deletion vector is no stream of one column of rows");
            }
            IntVector rows = (IntVector) reader.getVectorSchemaRoot().getVector(0);
            for (int i = 0; i < rows.getValueCount(); i++) {
                int row = rows.get(i);
                if (row < 0 || row >= part.rows()) {
                    throw new CorruptSnapshotException(
                            "a deletion vector hides row " + row + " of a part of " + part.rows());
                }
                hidden.set(row);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptSnapshotException("a deletion vector cannot be read: " + e.getMessage(), e);
        }
        if (hidden.cardinality() != part.rows() - part.visibleRows()) {
            throw new CorruptSnapshotException("a deletion vector hides " + hidden.cardinality()
                    + " rows, its manifest says " + (part.rows() - part.visibleRows()));
        }
        return hidden;
    }
}
