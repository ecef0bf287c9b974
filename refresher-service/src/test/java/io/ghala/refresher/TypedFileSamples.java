package io.ghala.refresher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Parquet and Arrow files for tests. */
final class TypedFileSamples {
    private static final Connection DUCKDB = duckdb();

    private TypedFileSamples() {}

    private static Connection duckdb() {
        try {
            Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("SET TimeZone='UTC'");
            }
            return duckdb;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Parquet file that DuckDB makes of a query. */
    static byte[] parquet(Path temp, String select) throws IOException {
        Path file = Files.createTempFile(temp, "sample", ".parquet");
        try (Statement statement = DUCKDB.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
            return Files.readAllBytes(file);
        } catch (SQLException e) {
            throw new IOException(select, e);
        } finally {
            Files.delete(file);
        }
    }

    /** Which form of Arrow IPC. */
    enum Form {
        FILE,
        STREAM
    }

    static byte[] arrow(Form form, Schema schema, Consumer<VectorSchemaRoot> fill) {
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator)) {
            fill.accept(root);
            return arrow(form, root, null);
        }
    }

    static byte[] arrow(Form form, VectorSchemaRoot root, @Nullable DictionaryProvider dictionaries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArrowWriter writer = form == Form.FILE
                ? new ArrowFileWriter(root, dictionaries, Channels.newChannel(out))
                : new ArrowStreamWriter(root, dictionaries, Channels.newChannel(out))) {
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
