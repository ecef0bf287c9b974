package io.ghala.refresher.typed.parquet;

import io.ghala.model.Loadable;
import io.ghala.model.SqlName;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.cells.Cells;
import io.ghala.refresher.typed.cells.CellsFactory;
import io.ghala.refresher.typed.cells.LoadableFields;
import io.ghala.refresher.typed.frames.RowFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBDriver;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads Parquet files through DuckDB. A file that DuckDB fails on may have spoilt its instance, so the next file gets a
 * new one.
 */
public final class ParquetInput implements AutoCloseable {
    private static final int BATCH_ROWS = 8192;
    /** What DuckDB says of BSON, of which it knows only the number. */
    private static final String BSON = "Unsupported converted type (20)";

    /** What Arrow says of a type that it cannot take over from DuckDB. */
    private static final String TOO_DEEP = "Recursion level in ArrowSchema";

    private static final Pattern ERROR = Pattern.compile("^(?:[A-Za-z ]+ )?(?:Error|ERROR): ");
    /** Words of the libraries that mean nothing to people. */
    private static final Pattern DAMAGE =
            Pattern.compile("TProtocolException|Out of buffer|INTERNAL Error|TType|Exception:|org\\.apache\\.");

    private final long memory;
    private @Nullable Connection duckdb;

    public ParquetInput(long memory) {
        this.memory = memory;
    }

    public void read(Path file, RowFrames frames) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedFileException("it is no regular file");
        }
        String path = SqlName.literal(pattern(file));
        try (Statement statement = connection().createStatement()) {
            ParquetTypes.Columns columns = ParquetTypes.columns(statement, path);
            PageChecksums.check(file);
            if (columns.int96()) {
                Int96Check.check(file);
            }
            read(statement, columns.names(), "read_parquet(" + path + ", hive_partitioning=false)", frames);
        } catch (SQLException e) {
            SQLException cause = cause(path, e);
            close();
            throw new RefusedFileException("it is not a readable Parquet file: " + message(cause, file), e);
        } catch (RefusedFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            close();
            throw new RefusedFileException("it is not a readable Parquet file: " + message(e, file), e);
        }
    }

    /** The file's name as a pattern that matches nothing else. */
    private static String pattern(Path file) {
        return file.toString().replaceAll("[\\[*?]", "[$0]");
    }

    private Connection connection() throws SQLException {
        Connection open = duckdb;
        if (open == null) {
            Properties properties = new Properties();
            properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
            properties.setProperty("memory_limit", memory / (1 << 20) + "MiB");
            properties.setProperty("temp_directory", "");
            properties.setProperty("autoinstall_known_extensions", "false");
            properties.setProperty("autoload_known_extensions", "false");
            properties.setProperty("arrow_lossless_conversion", "true");
            properties.setProperty("enable_external_file_cache", "false");
            open = DriverManager.getConnection("jdbc:duckdb:", properties);
            duckdb = open;
            try (Statement statement = open.createStatement()) {
                statement.execute("SET TimeZone='UTC'");
            }
        }
        return open;
    }

    private void read(Statement statement, List<String> names, String source, RowFrames frames)
            throws SQLException, IOException {
        List<String> expressions = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                expressions.add(ParquetTypes.expression(described.getString(1), described.getString(2)));
            }
        }
        if (expressions.size() != names.size()) {
            throw new RefusedFileException(
                    "it declares " + names.size() + " columns, and " + expressions.size() + " can be read");
        }
        String sql = "SELECT " + String.join(", ", expressions) + " FROM " + source;
        try (DuckDBResultSet rows = (DuckDBResultSet) statement.executeQuery(sql);
                BufferAllocator allocator = new RootAllocator(memory);
                ArrowReader reader = (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            CellsFactory factory = new CellsFactory(Map.of());
            LoadableFields.require(root.getSchema().getFields());
            List<Cells> cells = new ArrayList<>();
            for (Field field : root.getSchema().getFields()) {
                cells.add(factory.of(field, root.getVector(cells.size())));
            }
            frames.columns(names, cells);
            while (reader.loadNextBatch()) {
                frames.rows(root.getRowCount());
            }
            frames.end();
        }
    }

    /** Streaming hides why a page cannot be read; reading all of it without streaming says so. */
    private static SQLException cause(String path, SQLException streamed) {
        try (Connection fresh = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = fresh.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT bit_xor(hash(t)) FROM read_parquet(" + path + ", hive_partitioning=false) t")) {
            return rows.next() ? streamed : new SQLException("it has no rows to hash", streamed);
        } catch (SQLException e) {
            return e;
        }
    }

    private static String message(Exception e, Path file) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (first.startsWith(TOO_DEEP)) {
            return "a column of it is nested more than " + Loadable.MOST_DEPTH + " levels deep: flatten it";
        }
        if (first.contains(BSON)) {
            return "it has a BSON column, which is not read: write it as JSON or as text";
        }
        if (DAMAGE.matcher(first).find()) {
            return "its content is damaged";
        }
        if (first.contains("encrypt") || first.contains("Decryptor")) {
            return "it is encrypted: write it without encryption";
        }
        if (first.contains("Invalid result set") || first.contains("Out of Memory")) {
            return "its values need more memory than ghala.refresher.typed-reader.memory gives: raise it, or write smaller row groups";
        }
        return ERROR.matcher(first)
                .replaceFirst("")
                .replace(pattern(file), String.valueOf(file.getFileName()))
                .replace(file.toString(), String.valueOf(file.getFileName()));
    }

    /** Drops the instance; the next file gets a new one. */
    @Override
    public void close() throws IOException {
        Connection open = duckdb;
        duckdb = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IOException("DuckDB cannot be closed", e);
            }
        }
    }
}
