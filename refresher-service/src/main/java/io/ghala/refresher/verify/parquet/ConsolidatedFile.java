package io.ghala.refresher.verify.parquet;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.model.Column;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.SchemaCodec;
import io.ghala.snapshot.parquet.ParquetRowGroups;
import io.ghala.token.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.parquet.io.LocalInputFile;

/** A table's Parquet file that is open: what its footer says, and its row groups. */
final class ConsolidatedFile implements AutoCloseable {
    private static final Pattern SORTED = Pattern.compile("sort-columns=[^\\s]");
    private static final ObjectMapper JSON = new ObjectMapper();
    private final ParquetRowGroups groups;
    private final String table;
    private final SnapshotVersion version;
    private final String rootHash;
    private final TableSchema schema;
    private final List<Column> columns;
    private final boolean sorted;

    private ConsolidatedFile(ParquetRowGroups groups) throws IOException {
        Map<String, String> footer = groups.metadata();
        this.groups = groups;
        this.table = footer.getOrDefault("ghala.table", "");
        this.version = new SnapshotVersion(Long.parseLong(footer.getOrDefault("ghala.version", "none")));
        this.rootHash = footer.getOrDefault("ghala.root_hash", "");
        this.schema = SchemaCodec.decode(JSON.readTree(footer.getOrDefault("ghala.schema", "[]")));
        this.sorted = SORTED.matcher(footer.getOrDefault("ghala.options", "")).find();
        this.columns = groups.has(schema.columns()) ? schema.columns() : schema.storedColumns();
        if (!groups.has(columns)) {
            throw new IOException("its columns are not those of the table's schema in its footer");
        }
    }

    /** Opens a file; one whose footer is damaged may be an {@link IOException} or any RuntimeException. */
    static ConsolidatedFile open(Path file) throws IOException {
        ParquetRowGroups groups = ParquetRowGroups.open(new LocalInputFile(file));
        try {
            return new ConsolidatedFile(groups);
        } catch (IOException | RuntimeException e) {
            groups.close();
            throw e;
        }
    }

    String table() {
        return table;
    }

    SnapshotVersion version() {
        return version;
    }

    String rootHash() {
        return rootHash;
    }

    TableSchema schema() {
        return schema;
    }

    /** All columns of the file, those of the schema first. */
    List<Column> columns() {
        return columns;
    }

    /** Whether its rows are not in the order of the snapshot's. */
    boolean isSorted() {
        return sorted;
    }

    long[] groupRows() {
        return groups.rows();
    }

    void read(int group, List<Column> some, Consumer<List<Token>> rows) throws IOException {
        groups.read(group, some, rows);
    }

    @Override
    public void close() throws IOException {
        groups.close();
    }
}
