package io.ghala.refresher.parts;

import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodec;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** The rows of a stored part, by ascending row: one blob is in memory at a time. */
final class StoredBlobs implements AutoCloseable {
    private final PartRef part;
    private final SnapshotReader snapshots;
    private final BlobCodec codec;
    private final BufferAllocator allocator;
    private int blob = -1;
    private long first;
    private long end;
    private @Nullable VectorSchemaRoot vectors;

    StoredBlobs(PartRef part, SnapshotReader snapshots, BlobCodec codec, BufferAllocator allocator) {
        this.part = part;
        this.snapshots = snapshots;
        this.codec = codec;
        this.allocator = allocator;
    }

    TableSchema schema() {
        return part.schema();
    }

    /** Makes the blob that holds {@code row} the current one; returns its vectors. Rows must not go back. */
    VectorSchemaRoot at(int row) {
        while (row >= end) {
            close();
            BlobRef next = part.blobs().get(++blob);
            first = end;
            end += next.rows();
            if (row < end) {
                vectors = codec.decode(snapshots.blobs(List.of(next)).get(0), part.schema(), allocator);
            }
        }
        VectorSchemaRoot current = vectors;
        if (current == null || row < first) {
            throw new IllegalStateException("row " + row + " comes after row " + first);
        }
        return current;
    }

    /** The part's row at which the current blob ends. */
    long end() {
        return end;
    }

    /** The part's row at which the current blob begins. */
    int first() {
        return Math.toIntExact(first);
    }

    @Override
    public void close() {
        if (vectors != null) {
            vectors.close();
            vectors = null;
        }
    }
}
