package io.ghala.snapshot.parquet;

import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.model.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes batches of Arrow vectors to one Parquet file, column by column, without assembling records. Memory is bounded by one row group.
 * Footer metadata is given at the end.
 */
public final class ParquetTableWriter implements AutoCloseable {
    /** Rows handed to all columns before page sizes are looked at; the page writer must see every column at the same row. */
    private static final int STEP = 1024;

    private static final int PAGE_ROWS = 16 * STEP;
    private static final int MAX_PADDING = 8 * 1024 * 1024;

    private final MessageType schema;
    private final int columns;
    private final Options options;
    private final ParquetProperties properties;
    private final CodecFactory codecs;
    private final ParquetFileWriter file;
    private final CompressionCodecName codec;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore store;
    private long rowsInGroup;

    /** Codec, and the sizes before compression at which a row group or a page ends. */
    public record Options(ParquetCompression compression, long rowGroupBytes, int pageBytes) {}

    public ParquetTableWriter(OutputFile to, List<Column> columns, Options options) throws IOException {
        this.schema = ParquetSchemas.schema(columns);
        this.columns = columns.size();
        this.options = options;
        this.codec = switch (options.compression()) {
            case ZSTD -> CompressionCodecName.ZSTD;
            case SNAPPY -> CompressionCodecName.SNAPPY;
            case NONE -> CompressionCodecName.UNCOMPRESSED;
        };
        this.properties = ParquetProperties.builder()
                .withPageSize(options.pageBytes())
                .withDictionaryPageSize(options.pageBytes())
                .withMinRowCountForPageSizeCheck(STEP)
                .withMaxRowCountForPageSizeCheck(STEP)
                .estimateRowCountForPageSizeCheck(false)
                .withPageRowCountLimit(PAGE_ROWS)
                .build();
        this.codecs = new CodecFactory(new Configuration(false), options.pageBytes());
        this.file = new ParquetFileWriter(
                to, schema, ParquetFileWriter.Mode.CREATE, options.rowGroupBytes(), MAX_PADDING, null, properties);
        file.start();
        this.pages = newPages();
        this.store = newStore();
    }

    private ColumnChunkPageWriteStore newPages() {
        return ColumnChunkPageWriteStore.builder()
                .withCompressorProvider(column -> codecs.getCompressor(codec))
                .withSchema(schema)
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .withPageWriteChecksumEnabled(true)
                .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
                .build();
    }

    private ColumnWriteStore newStore() {
        return properties.newColumnWriteStore(schema, pages, pages);
    }

    /** Writes all rows of {@code root}, whose first vectors are the columns of the file. */
    public void write(VectorSchemaRoot root) throws IOException {
        int rows = root.getRowCount();
        List<ValueWriter> writers = writers(root);
        for (int from = 0; from < rows; ) {
            int to = (int) Math.min(rows, from + STEP - rowsInGroup % STEP);
            for (ValueWriter writer : writers) {
                for (int row = from; row < to; row++) {
                    writer.write(row, 0, 0);
                }
            }
            for (int row = from; row < to; row++) {
                store.endRecord();
            }
            rowsInGroup += to - from;
            from = to;
            if (rowsInGroup % STEP == 0 && store.getBufferedSize() >= options.rowGroupBytes()) {
                endGroup();
                writers = writers(root);
            }
        }
    }

    private List<ValueWriter> writers(VectorSchemaRoot root) {
        List<ColumnWriter> leaves = new ArrayList<>();
        for (ColumnDescriptor column : schema.getColumns()) {
            leaves.add(store.getColumnWriter(column));
        }
        Iterator<ColumnWriter> next = leaves.iterator();
        List<ValueWriter> writers = new ArrayList<>();
        for (FieldVector vector : root.getFieldVectors().subList(0, columns)) {
            writers.add(ValueWriter.of(vector, next, 0));
        }
        return writers;
    }

    private void endGroup() throws IOException {
        if (rowsInGroup > 0) {
            file.startBlock(rowsInGroup);
            store.flush();
            pages.flushToFileWriter(file);
            file.endBlock();
        }
        store.close();
        pages.close();
        rowsInGroup = 0;
        pages = newPages();
        store = newStore();
    }

    /** Ends the file with {@code metadata} in its footer. */
    public void finish(Map<String, String> metadata) throws IOException {
        endGroup();
        file.end(metadata);
    }

    @Override
    public void close() throws IOException {
        store.close();
        pages.close();
        codecs.release();
        file.close();
    }
}
