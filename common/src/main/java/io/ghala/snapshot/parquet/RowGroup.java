package io.ghala.snapshot.parquet;

import io.ghala.snapshot.parquet.encode.BufferPool;
import io.ghala.snapshot.parquet.encode.ColumnChunkEncoder;
import io.ghala.snapshot.parquet.encode.EncodingBuffers;
import io.ghala.snapshot.parquet.encode.LeafPath;
import io.ghala.snapshot.parquet.encode.PageCompressors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** The rows of one row group: first gathered as views of batches, then encoded leaf by leaf, then written. */
final class RowGroup implements AutoCloseable {
    private final List<LeafPath> leaves;
    private final int width;
    private final MessageType schema;
    private final ParquetOptions options;
    private final BufferPool buffers;
    private final List<Taken> batches = new ArrayList<>();
    private final List<BytesInputCompressor> compressors = new ArrayList<>();
    private final ColumnChunkPageWriteStore pages;
    private long rows;
    private long bytes;

    /** {@code rows} rows of a batch, those from {@code first} on. */
    private record Taken(List<FieldVector> columns, int first, int rows) {}

    RowGroup(
            MessageType schema,
            List<LeafPath> leaves,
            int width,
            ParquetOptions options,
            PageCompressors codecs,
            BufferPool buffers) {
        this.leaves = leaves;
        this.schema = schema;
        this.options = options;
        this.width = width;
        this.buffers = buffers;
        schema.getColumns().forEach(leaf -> compressors.add(codecs.compressor()));
        this.pages = ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(
                        leaf -> compressors.get(schema.getColumns().indexOf(leaf)))
                .withSchema(schema)
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .withPageWriteChecksumEnabled(true)
                .withColumnIndexTruncateLength(ParquetOptions.INDEX_TRUNCATE_BYTES)
                .build();
    }

    /**
     * Takes rows of {@code batch} from {@code from} on, as many as fit, and returns how many; the batch may be closed
     * afterwards.
     */
    int add(VectorSchemaRoot batch, int from) {
        int rest = batch.getRowCount() - from;
        long fit = Math.min(rest, options.rowGroupRows() - rows);
        long batchBytes = 0;
        for (int column = 0; column < width; column++) {
            batchBytes += batch.getVector(column).getBufferSize();
        }
        double rowBytes = Math.max(1, (double) batchBytes / batch.getRowCount());
        fit = Math.min(fit, (long) Math.ceil((options.rowGroupBytes() - bytes) / rowBytes));
        int taken = (int) Math.max(1, fit);
        List<FieldVector> columns = new ArrayList<>();
        batches.add(new Taken(columns, from, taken));
        for (int column = 0; column < width; column++) {
            FieldVector vector = batch.getVector(column);
            TransferPair view = vector.getTransferPair(vector.getAllocator());
            // A view of all rows copies nothing of a flat column, one that begins in the middle of a byte of its bits
            // does.
            view.splitAndTransfer(0, batch.getRowCount());
            columns.add((FieldVector) view.getTo());
        }
        rows += taken;
        bytes += (long) (taken * rowBytes);
        return taken;
    }

    boolean isFull() {
        return rows >= options.rowGroupRows() || bytes >= options.rowGroupBytes();
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /**
     * The positions of all leaves, those of large columns first, so that no thread begins the largest when the others
     * are done.
     */
    List<Integer> leavesBySize() {
        long[] sizes = new long[width];
        for (Taken batch : batches) {
            for (int column = 0; column < width; column++) {
                sizes[column] += batch.columns().get(column).getBufferSize();
            }
        }
        return IntStream.range(0, leaves.size())
                .boxed()
                .sorted(Comparator.comparingLong(
                                (Integer leaf) -> sizes[leaves.get(leaf).column()])
                        .reversed())
                .toList();
    }

    /** Encodes the leaf at {@code position}; different leaves may be encoded at the same time. */
    void encode(int position) throws IOException {
        ColumnDescriptor leaf = schema.getColumns().get(position);
        LeafPath path = leaves.get(position);
        EncodingBuffers memory = buffers.take();
        ColumnChunkEncoder encoder = new ColumnChunkEncoder(leaf, path, options.pageBytes(), memory);
        batches.forEach(batch -> encoder.add(batch.columns().get(path.column()), batch.first(), batch.rows()));
        encoder.write(
                pages.getPageWriter(leaf),
                options.bloomFilter(leaf) ? Optional.of(pages.getBloomFilterWriter(leaf)) : Optional.empty());
        buffers.giveBack(memory);
        compressors.get(position).release();
    }

    /** Appends the row group, all of whose leaves are encoded, to {@code file}. */
    void writeTo(ParquetFileWriter file) throws IOException {
        file.startBlock(rows);
        pages.flushToFileWriter(file);
        file.endBlock();
    }

    /** Lets go of the batches and pages. */
    @Override
    public void close() {
        batches.forEach(batch -> batch.columns().forEach(FieldVector::close));
        compressors.forEach(BytesInputCompressor::release);
        pages.close();
    }
}
