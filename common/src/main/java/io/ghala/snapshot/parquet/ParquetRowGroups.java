package io.ghala.snapshot.parquet;

import io.ghala.model.Column;
import io.ghala.token.Token;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/**
 * The row groups of a file that {@link ParquetTableWriter} wrote, each of which is read by itself, all or some of its
 * columns, with the checksum of every page looked at.
 */
public final class ParquetRowGroups implements AutoCloseable {
    private final ParquetFileReader reader;

    private ParquetRowGroups(ParquetFileReader reader) {
        this.reader = reader;
    }

    /** Reads the footer; one that is damaged may be an {@link IOException} or any RuntimeException. */
    public static ParquetRowGroups open(InputFile file) throws IOException {
        ParquetReadOptions options =
                ParquetReadOptions.builder().usePageChecksumVerification().build();
        return new ParquetRowGroups(ParquetFileReader.open(file, options));
    }

    /** What the footer says beside schema and row groups. */
    public Map<String, String> metadata() {
        return reader.getFileMetaData().getKeyValueMetaData();
    }

    /** Whether the file has these columns and no other. */
    public boolean has(List<Column> columns) {
        return reader.getFileMetaData()
                .getSchema()
                .getFields()
                .equals(ParquetSchemas.schema(columns).getFields());
    }

    /** The number of rows of each row group. */
    public long[] rows() {
        return reader.getRowGroups().stream()
                .mapToLong(group -> group.getRowCount())
                .toArray();
    }

    /**
     * Hands every row of the row group at position {@code group} to {@code rows}, a token for each of {@code columns},
     * which are columns of the file. Damaged bytes are an {@link IOException} or any RuntimeException.
     */
    public void read(int group, List<Column> columns, Consumer<List<Token>> rows) throws IOException {
        MessageType schema = ParquetSchemas.schema(columns);
        reader.setRequestedSchema(schema);
        try (PageReadStore pages = reader.readRowGroup(group)) {
            RecordReader<Group> records =
                    new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, new GroupRecordConverter(schema));
            for (long row = 0; row < pages.getRowCount(); row++) {
                rows.accept(ParquetTableReader.row(records.read(), columns));
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
