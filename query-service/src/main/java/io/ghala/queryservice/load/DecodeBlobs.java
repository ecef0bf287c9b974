package io.ghala.queryservice.load;

import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.SnapshotFormat;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.VectorBatchAppender;

/** Fetches blobs and turns them into one batch of rows with their positions. For several threads. */
final class DecodeBlobs {
    private final SnapshotReader snapshots;
    private final SnapshotFormat format;
    private final Schema schema;
    private final BufferAllocator allocator;

    /** @param schema of the batches: the stored columns and the position */
    DecodeBlobs(SnapshotReader snapshots, SnapshotFormat format, Schema schema, BufferAllocator allocator) {
        this.snapshots = snapshots;
        this.format = format;
        this.schema = schema;
        this.allocator = allocator;
    }

    /**
     * The rows of all blobs in order, for the caller to close.
     *
     * @throws io.ghala.snapshot.MissingBlobException when one is gone
     * @throws CorruptSnapshotException when one is damaged
     */
    VectorSchemaRoot decode(List<PartBlob> blobs) {
        List<byte[]> bytes = snapshots.blobs(blobs.stream().map(PartBlob::blob).toList());
        List<VectorSchemaRoot> decoded = new ArrayList<>(blobs.size());
        try {
            for (int i = 0; i < blobs.size(); i++) {
                decoded.add(decode(blobs.get(i), bytes.get(i)));
            }
            return decoded.size() == 1 ? decoded.remove(0) : together(decoded);
        } finally {
            decoded.forEach(VectorSchemaRoot::close);
        }
    }

    private VectorSchemaRoot decode(PartBlob from, byte[] bytes) {
        VectorSchemaRoot rows =
                BlobCodecs.of(format).decode(bytes, from.part().part().schema(), allocator);
        try {
            if (rows.getRowCount() != from.blob().rows()) {
                throw new CorruptSnapshotException("blob " + from.blob().key() + " has " + rows.getRowCount()
                        + " rows, its manifest says " + from.blob().rows());
            }
            List<FieldVector> vectors = new ArrayList<>(rows.getFieldVectors());
            vectors.add(positions(from, rows.getRowCount()));
            return new VectorSchemaRoot(vectors);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private BigIntVector positions(PartBlob from, int rows) {
        BigIntVector positions = new BigIntVector(StoredColumns.POSITION, allocator);
        positions.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            if (from.part().hidden().get(from.first() + row)) {
                positions.setNull(row);
            } else {
                positions.set(row, from.part().position(from.first() + row));
            }
        }
        positions.setValueCount(rows);
        return positions;
    }

    private VectorSchemaRoot together(List<VectorSchemaRoot> decoded) {
        int rows = decoded.stream().mapToInt(VectorSchemaRoot::getRowCount).sum();
        VectorSchemaRoot all = VectorSchemaRoot.create(schema, allocator);
        try {
            for (int i = 0; i < all.getFieldVectors().size(); i++) {
                FieldVector[] pieces = new FieldVector[decoded.size()];
                for (int n = 0; n < pieces.length; n++) {
                    pieces[n] = decoded.get(n).getVector(i);
                }
                FieldVector target = all.getVector(i);
                allocate(target, rows, pieces);
                VectorBatchAppender.batchAppend(target, pieces);
            }
            all.setRowCount(rows);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** At once what all pieces need, where that is known without looking into them. */
    private static void allocate(FieldVector target, int rows, FieldVector[] pieces) {
        if (target instanceof BaseVariableWidthVector texts) {
            long bytes = 0;
            for (FieldVector piece : pieces) {
                bytes += ((BaseVariableWidthVector) piece).sizeOfValueBuffer();
            }
            texts.allocateNew(bytes, rows);
        } else {
            target.setInitialCapacity(rows);
            target.allocateNew();
        }
    }
}
