package io.ghala.queryservice.load;

import io.ghala.model.TableSchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.SnapshotFormat;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.ArrowSchemas;
import io.ghala.snapshot.codec.BlobCodecs;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Parts of one schema as an Arrow stream, a batch per blob: the stored columns as {@code s0, s1, …} and the position, which is null for hidden
 * rows. Blobs are fetched and decoded on other threads, a few ahead of what is read.
 */
final class PartsReader extends ArrowReader {
    private final SnapshotReader snapshots;
    private final SnapshotFormat format;
    private final ExecutorService fetching;
    private final Schema schema;
    private final int ahead;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Future<VectorSchemaRoot>> coming = new ArrayDeque<>();
    private @Nullable RuntimeException failure;
    private long read;

    /**
     * @param parts at least one, all of one schema
     * @param ahead how many blobs may be on their way or decoded at a time
     */
    PartsReader(
            List<LoadedPart> parts,
            SnapshotFormat format,
            SnapshotReader snapshots,
            BufferAllocator allocator,
            ExecutorService fetching,
            int ahead) {
        super(allocator);
        this.snapshots = snapshots;
        this.format = format;
        this.fetching = fetching;
        this.ahead = ahead;
        this.schema = schema(parts.get(0).part().schema());
        for (LoadedPart part : parts) {
            int first = 0;
            for (BlobRef blob : part.part().blobs()) {
                waiting.add(new Waiting(part, blob, first));
                first += Math.toIntExact(blob.rows());
            }
        }
    }

    /** A blob to be read: {@code first} is its first row, counted over its part. */
    private record Waiting(LoadedPart part, BlobRef blob, int first) {}

    private static Schema schema(TableSchema part) {
        List<Field> fields = new ArrayList<>();
        for (Field field : ArrowSchemas.schema(part.storedColumns()).getFields()) {
            fields.add(new Field("s" + fields.size(), field.getFieldType(), field.getChildren()));
        }
        fields.add(Field.nullable(StoredColumns.POSITION, MinorType.BIGINT.getType()));
        return new Schema(fields);
    }

    /** Throws what went wrong while reading, if anything did: DuckDB passes on the message alone. */
    void rethrowFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        while (coming.size() < ahead && !waiting.isEmpty()) {
            Waiting next = waiting.remove();
            coming.add(fetching.submit(() -> decode(next)));
            read += next.blob().bytes();
        }
        Future<VectorSchemaRoot> first = coming.poll();
        if (first == null) {
            return false;
        }
        try (VectorSchemaRoot decoded = first.get();
                ArrowRecordBatch batch = new VectorUnloader(decoded).getRecordBatch()) {
            loadRecordBatch(batch);
        } catch (InterruptedException e) {
            coming.addFirst(first);
            Thread.currentThread().interrupt();
            throw new IOException("the load was interrupted", e);
        } catch (ExecutionException e) {
            failure = e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a blob cannot be decoded: " + e.getCause(), e.getCause());
            throw new IOException(failure.getMessage(), failure);
        }
        return true;
    }

    private VectorSchemaRoot decode(Waiting next) {
        byte[] bytes = snapshots.blobs(List.of(next.blob())).get(0);
        VectorSchemaRoot rows =
                BlobCodecs.of(format).decode(bytes, next.part().part().schema(), allocator);
        try {
            if (rows.getRowCount() != next.blob().rows()) {
                throw new CorruptSnapshotException("blob " + next.blob().key() + " has " + rows.getRowCount()
                        + " rows, its manifest says " + next.blob().rows());
            }
            List<FieldVector> vectors = new ArrayList<>(rows.getFieldVectors());
            vectors.add(positions(next, rows.getRowCount()));
            return new VectorSchemaRoot(vectors);
        } catch (RuntimeException e) {
            rows.close();
            throw e;
        }
    }

    private BigIntVector positions(Waiting next, int rows) {
        BigIntVector positions = new BigIntVector(StoredColumns.POSITION, allocator);
        positions.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            if (next.part().hidden().get(next.first() + row)) {
                positions.setNull(row);
            } else {
                positions.set(row, next.part().position(next.first() + row));
            }
        }
        positions.setValueCount(rows);
        return positions;
    }

    @Override
    public long bytesRead() {
        return read;
    }

    @Override
    protected void closeReadSource() {
        waiting.clear();
        boolean interrupted = false;
        // What is being decoded now cannot be called back: its vectors must be closed here.
        for (Future<VectorSchemaRoot> future : coming) {
            interrupted |= close(future);
        }
        coming.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean close(Future<VectorSchemaRoot> future) {
        boolean interrupted = false;
        while (true) {
            try {
                future.get().close();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | CancellationException e) {
                return interrupted;
            }
        }
    }

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
