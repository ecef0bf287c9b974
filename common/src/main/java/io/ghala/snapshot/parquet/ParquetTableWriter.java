package io.ghala.snapshot.parquet;

import io.ghala.model.Column;
import io.ghala.snapshot.parquet.encode.BufferPool;
import io.ghala.snapshot.parquet.encode.LeafPath;
import io.ghala.snapshot.parquet.encode.PageCompressors;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes batches of Arrow vectors to one Parquet file, column by column, without assembling records. The leaves of a
 * row group are encoded by several threads while the next row group is gathered; memory is bounded by
 * {@value #IN_FLIGHT} row groups that are being encoded and one that is gathered. Footer metadata is given at the end.
 */
public final class ParquetTableWriter implements AutoCloseable {
    private static final int IN_FLIGHT = 2;
    private static final int MAX_PADDING = 8 * 1024 * 1024;

    private final MessageType schema;
    private final List<LeafPath> leaves;
    private final int columns;
    private final ParquetOptions options;
    private final PageCompressors codecs;
    private final BufferPool buffers = new BufferPool();
    private final ParquetFileWriter file;
    private final EncodingThreads threads;
    private final Deque<EncodingThreads.Encoding> encoding = new ArrayDeque<>();
    private RowGroup gathered;

    public ParquetTableWriter(OutputFile to, List<Column> columns, ParquetOptions options) throws IOException {
        this.schema = ParquetSchemas.schema(columns);
        this.leaves = LeafPath.of(columns);
        this.columns = columns.size();
        this.options = options;
        this.codecs = new PageCompressors(options.compression(), options.zstdLevel());
        this.file = new ParquetFileWriter(
                to,
                schema,
                ParquetFileWriter.Mode.CREATE,
                options.rowGroupBytes(),
                MAX_PADDING,
                null,
                ParquetProperties.builder().build());
        file.start();
        this.threads = new EncodingThreads(options.threads());
        this.gathered = newGroup();
    }

    private RowGroup newGroup() {
        return new RowGroup(schema, leaves, columns, options, codecs, buffers);
    }

    /**
     * Writes all rows of {@code root}, whose first vectors are the columns of the file; it may be closed afterwards.
     */
    public void write(VectorSchemaRoot root) throws IOException {
        int from = 0;
        while (from < root.getRowCount()) {
            from += gathered.add(root, from);
            if (gathered.isFull()) {
                encodeGathered();
            }
        }
    }

    private void encodeGathered() throws IOException {
        encoding.add(threads.encode(gathered));
        gathered = newGroup();
        if (encoding.size() >= IN_FLIGHT) {
            writeOldest();
        }
    }

    private void writeOldest() throws IOException {
        EncodingThreads.Encoding oldest = encoding.getFirst();
        RowGroup group = oldest.await();
        group.writeTo(file);
        encoding.removeFirst();
        group.close();
    }

    /** Ends the file with {@code metadata} in its footer. */
    public void finish(Map<String, String> metadata) throws IOException {
        if (!gathered.isEmpty()) {
            encodeGathered();
        }
        while (!encoding.isEmpty()) {
            writeOldest();
        }
        file.end(metadata);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            threads.close();
            encoding.forEach(EncodingThreads.Encoding::discard);
            gathered.close();
            codecs.close();
        }
    }
}
