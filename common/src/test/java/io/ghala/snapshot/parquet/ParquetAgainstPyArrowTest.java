package io.ghala.snapshot.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.snapshot.codec.EveryType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rows as an Arrow stream and as a Parquet file of ours, compared by pyarrow, with page checksums verified.
 * GHALA_PEER_PYTHON names a Python that has pyarrow (the profile {@code peers} makes one); without it the python3 on
 * the path is tried, and these tests are skipped where it has none.
 */
class ParquetAgainstPyArrowTest {
    private static final String NAME = "GHALA_PEER_PYTHON";

    @TempDir
    Path temp;

    private Path arrow;
    private Path parquet;

    @BeforeEach
    void requirePyArrow() throws IOException, InterruptedException {
        arrow = temp.resolve("rows.arrow");
        parquet = temp.resolve("rows.parquet");
        if (System.getenv(NAME) == null) {
            boolean present;
            try {
                present = python("-c", "import pyarrow").isEmpty();
            } catch (IOException e) {
                present = false;
            }
            assumeThat(present)
                    .as("python3 has pyarrow: install it, name another Python by " + NAME + ", or use -Ppeers")
                    .isTrue();
        }
    }

    /** Runs Python and returns its output and errors, with the exit status where it is not 0. */
    private String python(String... arguments) throws IOException, InterruptedException {
        Path output = temp.resolve("python.out");
        String[] command = new String[arguments.length + 1];
        command[0] = Objects.requireNonNullElse(System.getenv(NAME), "python3");
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        return Files.readString(output) + (status == 0 ? "" : "exit status " + status);
    }

    private String compared() throws IOException, InterruptedException {
        Path script = temp.resolve("compare.py");
        try (InputStream source =
                Objects.requireNonNull(ParquetAgainstPyArrowTest.class.getResourceAsStream("compare.py"))) {
            Files.write(script, source.readAllBytes());
        }
        return python(script.toString(), arrow.toString(), parquet.toString()).strip();
    }

    @ParameterizedTest
    @EnumSource
    void everyTypeIsReadBackInEveryCodec(ParquetCompression compression) throws IOException, InterruptedException {
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, 300)) {
            try (OutputStream out = Files.newOutputStream(arrow);
                    ArrowStreamWriter writer = new ArrowStreamWriter(rows, null, out)) {
                writer.writeBatch();
            }
            write(rows, new ParquetOptions(compression, 3, 1 << 30, 500, 1024, 2, Set.of("varchar")));
        }
        assertThat(compared()).isEqualTo("equal");
    }

    private void write(VectorSchemaRoot rows, ParquetOptions options) throws IOException {
        try (ParquetTableWriter writer =
                new ParquetTableWriter(new LocalOutputFile(parquet), EveryType.SCHEMA.storedColumns(), options)) {
            writer.write(rows);
            writer.finish(Map.of());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000})
    void flatAndNestedTablesAreReadBack(int rows) throws IOException, InterruptedException, SQLException {
        for (String sql : new String[] {DuckTables.FLAT, DuckTables.NESTED}) {
            Files.deleteIfExists(parquet);
            try (DuckTables duckdb = new DuckTables()) {
                duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(sql, rows));
                duckdb.writeArrow("t", arrow);
                duckdb.write(
                        "t",
                        2048,
                        new ParquetOptions(ParquetCompression.ZSTD, 3, 1 << 30, 7000, 1 << 15, 2, Set.of()),
                        parquet);
            }
            assertThat(compared()).isEqualTo("equal");
        }
    }

    @Test
    void otherRowsAreFoundToDiffer() throws IOException, InterruptedException, SQLException {
        try (DuckTables duckdb = new DuckTables()) {
            duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.NESTED, 100));
            duckdb.writeArrow("t", arrow);
            duckdb.execute("UPDATE t SET id = 7 WHERE id = 50");
            duckdb.write(
                    "t", 2048, new ParquetOptions(ParquetCompression.ZSTD, 3, 1 << 30, 70, 1024, 2, Set.of()), parquet);
        }
        assertThat(compared()).contains("column id").contains("exit status 1");
    }
}
