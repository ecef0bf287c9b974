package io.ghala.parquetwriter;

import io.ghala.snapshot.rows.SnapshotRows.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.TransferPair;

/**
 * Gathers batches up to a bound of memory, sorts their rows and hands them on: one sorted run, or several where the
 * bound is reached.
 */
final class SortedRows implements Sink<IOException>, AutoCloseable {
    private static final int BATCH_ROWS = 1 << 14;

    private final List<Integer> keys;
    private final long mostBytes;
    private final BufferAllocator allocator;
    private final Sink<IOException> out;
    private final List<RowOrder> orders = new ArrayList<>();
    private final List<VectorSchemaRoot> batches = new ArrayList<>();
    private long bytes;
    private int rows;

    /** {@code keys} are the positions of the columns to sort by, the most significant one first. */
    SortedRows(List<Integer> keys, long mostBytes, BufferAllocator allocator, Sink<IOException> out) {
        this.keys = List.copyOf(keys);
        this.mostBytes = mostBytes;
        this.allocator = allocator;
        this.out = out;
    }

    @Override
    public void rows(VectorSchemaRoot batch) throws IOException {
        if (batch.getRowCount() == 0) {
            return;
        }
        List<FieldVector> views = new ArrayList<>();
        for (FieldVector vector : batch.getFieldVectors()) {
            TransferPair view = vector.getTransferPair(vector.getAllocator());
            view.splitAndTransfer(0, batch.getRowCount());
            views.add((FieldVector) view.getTo());
            bytes += vector.getBufferSize();
        }
        batches.add(new VectorSchemaRoot(batch.getSchema(), views, batch.getRowCount()));
        rows = Math.addExact(rows, batch.getRowCount());
        if (bytes >= mostBytes) {
            finish();
        }
    }

    /** Sorts what is gathered and hands it on. */
    void finish() throws IOException {
        if (batches.isEmpty()) {
            return;
        }
        if (orders.isEmpty()) {
            keys.forEach(key -> orders.add(RowOrder.of(batches.get(0).getVector(key))));
        }
        long[] order = new long[rows];
        int next = 0;
        for (int batch = 0; batch < batches.size(); batch++) {
            for (int row = 0; row < batches.get(batch).getRowCount(); row++) {
                order[next++] = ((long) batch << Integer.SIZE) | row;
            }
        }
        MergeSort.sort(order, this::compare);
        Schema schema = batches.get(0).getSchema();
        for (int from = 0; from < order.length; from += BATCH_ROWS) {
            try (VectorSchemaRoot sorted = VectorSchemaRoot.create(schema, allocator)) {
                copy(order, from, Math.min(order.length, from + BATCH_ROWS), sorted);
                out.rows(sorted);
            }
        }
        close();
    }

    private int compare(long left, long right) {
        for (int i = 0; i < keys.size(); i++) {
            FieldVector a = vector(left, keys.get(i));
            int compared = orders.get(i).compare(a, (int) left, vector(right, keys.get(i)), (int) right);
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private FieldVector vector(long place, int column) {
        return batches.get((int) (place >>> Integer.SIZE)).getVector(column);
    }

    private void copy(long[] order, int from, int to, VectorSchemaRoot into) {
        for (int column = 0; column < into.getFieldVectors().size(); column++) {
            FieldVector target = into.getVector(column);
            for (int i = from; i < to; i++) {
                target.copyFromSafe((int) order[i], i - from, vector(order[i], column));
            }
        }
        into.setRowCount(to - from);
    }

    /** Lets go of what is gathered. */
    @Override
    public void close() {
        batches.forEach(VectorSchemaRoot::close);
        batches.clear();
        bytes = 0;
        rows = 0;
    }
}
