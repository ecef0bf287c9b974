package io.ghala.snapshot.codec;

import io.ghala.model.TableSchema;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Rows to the bytes of a blob and back. */
public interface BlobCodec {
    /** The rows of {@code root} as the bytes of a complete blob. */
    byte[] encode(VectorSchemaRoot root);

    /**
     * The rows of a blob with the columns {@link TableSchema#storedColumns()}; the caller closes the root.
     *
     * @throws io.ghala.snapshot.CorruptSnapshotException when the bytes are no such blob
     */
    VectorSchemaRoot decode(byte[] bytes, TableSchema schema, BufferAllocator allocator);

    /**
     * The same without vectors; the caller closes it and leaves {@code bytes} alone until then.
     *
     * @throws io.ghala.snapshot.CorruptSnapshotException when the bytes are no such blob
     */
    default BlobRows rows(byte[] bytes, TableSchema schema, BufferAllocator allocator) {
        try (VectorSchemaRoot decoded = decode(bytes, schema, allocator)) {
            return new VectorBlobRows(decoded);
        }
    }
}
