package io.ghala.snapshot.rows;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.VectorCopy;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.codec.BlobCodecs;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Reads the visible rows of a published version, blob by blob, with the stored columns of the table in their types. */
public final class SnapshotRows {
    private final Manifest manifest;
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final BlobCodec codec;

    public SnapshotRows(Manifest manifest, SnapshotReader snapshots, BufferAllocator allocator) {
        this.manifest = manifest;
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.codec = BlobCodecs.of(manifest.format());
    }

    /** The hidden rows of a part, counted over its blobs. */
    public BitSet hidden(PartRef part) {
        return part.deletes()
                .map(blob ->
                        DeletionVector.decode(snapshots.blobs(List.of(blob)).get(0), part, allocator))
                .orElseGet(BitSet::new);
    }

    /**
     * The visible rows of one blob; the caller closes them.
     *
     * @param bytes the blob as stored
     * @param hidden hidden rows of its part
     * @param first the blob's first row, counted over its part
     * @throws io.ghala.snapshot.CorruptSnapshotException when the bytes are not the rows that the manifest tells of
     */
    public VectorSchemaRoot visible(byte[] bytes, PartRef part, BitSet hidden, long first) {
        VectorSchemaRoot stored = codec.decode(bytes, part.schema(), allocator);
        int from = Math.toIntExact(first);
        int next = hidden.nextSetBit(from);
        boolean whole = next < 0 || next >= from + stored.getRowCount();
        if (whole && part.schema().equals(manifest.schema())) {
            return stored;
        }
        try (stored) {
            return copied(stored, part.schema(), hidden, from);
        }
    }

    private VectorSchemaRoot copied(VectorSchemaRoot stored, TableSchema partSchema, BitSet hidden, int first) {
        VectorSchemaRoot out =
                VectorSchemaRoot.create(ArrowSchemas.schema(manifest.schema().storedColumns()), allocator);
        try {
            VectorCopy copy = new VectorCopy(stored, partSchema, out, manifest.schema());
            int rows = 0;
            for (int row = 0; row < stored.getRowCount(); row++) {
                if (!hidden.get(first + row)) {
                    copy.copy(row, rows++);
                }
            }
            out.setRowCount(rows);
            return out;
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Takes rows as they are read; they are closed after it returns. */
    public interface Sink<E extends Exception> {
        void rows(VectorSchemaRoot rows) throws E;
    }

    /**
     * Hands all visible rows to {@code sink}, a blob at a time.
     *
     * @throws io.ghala.snapshot.MissingBlobException when a blob is gone
     * @throws io.ghala.snapshot.CorruptSnapshotException when one is damaged
     */
    public <E extends Exception> void read(Sink<E> sink) throws E {
        for (PartRef part : manifest.parts()) {
            BitSet hidden = hidden(part);
            long first = 0;
            for (BlobRef blob : part.blobs()) {
                try (VectorSchemaRoot rows =
                        visible(snapshots.blobs(List.of(blob)).get(0), part, hidden, first)) {
                    sink.rows(rows);
                }
                first += blob.rows();
            }
        }
    }
}
