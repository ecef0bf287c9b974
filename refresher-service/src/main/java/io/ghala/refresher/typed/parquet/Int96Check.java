package io.ghala.refresher.typed.parquet;

import io.ghala.refresher.typed.RefusedFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * DuckDB reads 96-bit timestamps to the microsecond and wraps round at the ends of its range; a file whose own go
 * further is refused rather than rounded.
 */
final class Int96Check {
    private static final int NANOS_PER_MICRO = 1000;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;
    /** The Julian day of 0001-01-01. */
    private static final int FIRST_DAY = 1_721_426;
    /** The Julian day of 9999-12-31. */
    private static final int LAST_DAY = 5_373_484;

    private Int96Check() {}

    static void check(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<ColumnDescriptor> columns = schema.getColumns().stream()
                    .filter(column -> column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96)
                    .toList();
            reader.setRequestedSchema(columns);
            String writer = reader.getFileMetaData().getCreatedBy();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                        pages, new GroupRecordConverter(schema).getRootConverter(), schema, writer);
                for (ColumnDescriptor column : columns) {
                    long count = pages.getPageReader(column).getTotalValueCount();
                    check(store.getColumnReader(column), count, column);
                }
            }
        }
    }

    private static void check(ColumnReader values, long count, ColumnDescriptor column) throws RefusedFileException {
        for (long i = 0; i < count; i++) {
            if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                ByteBuffer bytes = values.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
                long nanos = bytes.getLong(bytes.position());
                int day = bytes.getInt(bytes.position() + Long.BYTES);
                if (nanos < 0 || nanos >= NANOS_PER_DAY || day < FIRST_DAY || day > LAST_DAY) {
                    throw new RefusedFileException("column '" + column.getPath()[0]
                            + "' has a 96-bit timestamp beyond the years 1 to 9999, or beyond its day (Julian day "
                            + Integer.toUnsignedString(day) + ", nanosecond " + nanos
                            + "): write it as TIMESTAMP, or correct it");
                }
                if (nanos % NANOS_PER_MICRO != 0) {
                    throw new RefusedFileException("column '" + column.getPath()[0]
                            + "' has 96-bit timestamps with digits below the microsecond:"
                            + " write it as TIMESTAMP in nanoseconds");
                }
            }
            values.consume();
        }
    }
}
