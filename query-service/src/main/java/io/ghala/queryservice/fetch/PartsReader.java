package io.ghala.queryservice.fetch;

import io.ghala.model.SnapshotFormat;
import io.ghala.snapshot.SnapshotReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The rows of parts of one schema as an Arrow stream, see {@link DecodeBlobs#schema}, a batch per blob or several.
 * Blobs are fetched and decoded on other threads, a few ahead of what is read.
 */
public final class PartsReader extends ArrowReader {
    private static final long ROW_GROUP_ROWS = 122_880;
    private static final long MOST_BATCH_BYTES = 32L << 20;

    private final ExecutorService fetching;
    private final DecodeBlobs decode;
    private final int ahead;
    private final Deque<PartBlob> waiting = new ArrayDeque<>();
    private final Deque<Future<StoredBatch>> coming = new ArrayDeque<>();
    private final Consumer<ArrowRecordBatch> files;
    private @Nullable RuntimeException failure;
    private long read;

    /**
     * @param parts at least one, all of one schema
     * @param ahead how many batches may be on their way or decoded at a time
     * @param files takes the {@link FileRuns} of the rows as they are read, to close them
     */
    public PartsReader(
            List<LoadedPart> parts,
            SnapshotFormat format,
            SnapshotReader snapshots,
            BufferAllocator allocator,
            ExecutorService fetching,
            int ahead,
            Consumer<ArrowRecordBatch> files) {
        super(allocator);
        this.fetching = fetching;
        this.ahead = ahead;
        this.files = files;
        this.decode = new DecodeBlobs(snapshots, format, parts.get(0).part().schema(), allocator);
        waiting.addAll(PartBlob.of(parts));
    }

    /**
     * Takes so many blobs that the batch fills a row group of DuckDB, which need not copy it then, unless that is too
     * much memory.
     */
    private List<PartBlob> nextBatch() {
        List<PartBlob> batch = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        do {
            PartBlob next = waiting.remove();
            batch.add(next);
            rows += next.blob().rows();
            bytes += next.blob().bytes();
        } while (!waiting.isEmpty()
                && rows < ROW_GROUP_ROWS
                && bytes + waiting.element().blob().bytes() <= MOST_BATCH_BYTES);
        read += bytes;
        return batch;
    }

    /** Throws what went wrong while reading, if anything did: DuckDB passes on the message alone. */
    public void rethrowFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean loadNextBatch() throws IOException {
        prepareLoadNextBatch();
        while (coming.size() < ahead && !waiting.isEmpty()) {
            List<PartBlob> next = nextBatch();
            coming.add(fetching.submit(() -> decode.decode(next)));
        }
        Future<StoredBatch> first = coming.poll();
        if (first == null) {
            return false;
        }
        try {
            StoredBatch batch = first.get();
            files.accept(batch.files());
            // It is closed with what it is loaded into.
            loadRecordBatch(batch.rows());
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

    @Override
    public long bytesRead() {
        return read;
    }

    @Override
    protected void closeReadSource() {
        waiting.clear();
        boolean interrupted = false;
        // What is being decoded now cannot be called back: its vectors must be closed here.
        for (Future<StoredBatch> future : coming) {
            interrupted |= close(future);
        }
        coming.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean close(Future<StoredBatch> future) {
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
        return decode.schema();
    }
}
