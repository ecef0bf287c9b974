package io.ghala.snapshot.codec;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;

/** A blob as a complete Arrow IPC stream of one record batch. */
final class ArrowBlobCodec implements BlobCodec {
    @Override
    public byte[] encode(VectorSchemaRoot root) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(out))) {
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }

    @Override
    public VectorSchemaRoot decode(byte[] bytes, TableSchema schema, BufferAllocator allocator) {
        Schema expected = ArrowSchemas.schema(schema.storedColumns());
        try (ArrowStreamReader reader =
                new ArrowStreamReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)) {
            if (!reader.loadNextBatch()) {
                throw new CorruptSnapshotException("an Arrow blob holds no record batch");
            }
            VectorSchemaRoot read = reader.getVectorSchemaRoot();
            if (!read.getSchema().equals(expected)) {
                throw new CorruptSnapshotException(
                        "an Arrow blob has the schema " + read.getSchema() + " instead of " + expected);
            }
            VectorSchemaRoot root = VectorSchemaRoot.create(expected, allocator);
            try (ArrowRecordBatch batch = new VectorUnloader(read).getRecordBatch()) {
                new VectorLoader(root).load(batch);
            }
            return root;
        } catch (IOException | IllegalArgumentException e) {
            throw new CorruptSnapshotException("an Arrow blob cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public BlobRows rows(byte[] bytes, TableSchema schema, BufferAllocator allocator) {
        return new ArrowBlobRows(bytes, ArrowSchemas.schema(schema.storedColumns()));
    }
}
