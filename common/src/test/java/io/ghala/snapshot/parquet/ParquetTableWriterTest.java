package io.ghala.snapshot.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.model.SqlName;
import io.ghala.snapshot.codec.EveryType;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetTableWriterTest {
    private static final int TIMES = 3_000;

    @TempDir
    Path temp;

    private Path write(ParquetCompression compression, long rowGroupBytes) throws IOException {
        Path file = temp.resolve("t.parquet");
        try (RootAllocator allocator = new RootAllocator();
                VectorSchemaRoot rows = EveryType.rows(allocator, TIMES);
                ParquetTableWriter writer = new ParquetTableWriter(
                        new LocalOutputFile(file),
                        EveryType.SCHEMA.storedColumns(),
                        new ParquetOptions(compression, 3, rowGroupBytes, 1_000_000, 4096, 2, Set.of()))) {
            // Batches of odd sizes: pages and row groups must not depend on them.
            for (int from = 0; from < rows.getRowCount(); from += 777) {
                try (VectorSchemaRoot batch = rows.slice(from, Math.min(777, rows.getRowCount() - from))) {
                    writer.write(batch);
                }
            }
            writer.finish(Map.of("ghala.version", "7"));
        }
        return file;
    }

    @ParameterizedTest
    @EnumSource
    void parquetJavaReadsEveryValueBack(ParquetCompression compression) throws IOException {
        Path file = write(compression, 1 << 16);
        List<Long> groups = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            reader.getRowGroups().forEach(group -> groups.add(group.getRowCount()));
            assertThat(reader.getFileMetaData().getKeyValueMetaData()).containsEntry("ghala.version", "7");
        }
        assertThat(groups).hasSizeGreaterThan(1);
        assertThat(groups.stream().mapToLong(Long::longValue).sum()).isEqualTo((long) TIMES * EveryType.ROWS.size());
        List<String> rows = new ArrayList<>();
        ParquetTableReader.read(
                new LocalInputFile(file), EveryType.SCHEMA.storedColumns(), row -> rows.add(row.toString()));
        assertThat(rows).hasSize(TIMES * EveryType.ROWS.size());
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i)).isEqualTo(rows.get(i % EveryType.ROWS.size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void duckDbReadsEveryValueBack(ParquetCompression compression) throws IOException, SQLException {
        Path file = write(compression, 1 << 16);
        String read = "read_parquet(" + SqlName.literal(file.toString()) + ")";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            assertThat(rows(statement, "SELECT count(*), count(DISTINCT \"varchar\") FROM " + read))
                    .containsExactly(List.of(Integer.toString(TIMES * 4), "3"));
            String values =
                    "SELECT \"boolean\", \"bigint\", \"double\", \"varchar\", base64(\"blob\"), \"date\", \"time\","
                            + " \"timestamp\", epoch_ns(\"timestamp_ns\"), epoch_us(\"timestamptz\"), epoch_ns(\"timestamptz_ns\"), \"json\","
                            + " decimal9, decimal18, decimal38, list, \"struct\", \"map\", _file FROM " + read
                            + " LIMIT 2 OFFSET 8004";
            assertThat(rows(statement, values))
                    .containsExactly(
                            List.of(
                                    "true",
                                    "9223372036854775807",
                                    "1.5",
                                    "h\u00e9 \"x\" \ud83d\ude00",
                                    "AAEC/w==",
                                    "2024-02-29",
                                    "23:59:59.999999",
                                    "2024-02-29 23:59:59.123456",
                                    "1709251199123456789",
                                    "1709251199123456",
                                    "9214646399123456789",
                                    "{\"k\":[1.10,null,\"x\"]}",
                                    "1234567.89",
                                    "-12345678901234.5678",
                                    "99999999999999999999999999999999999999",
                                    "[[1, NULL], [], NULL]",
                                    "{'a': 7, 'q\"q': [{'d': 2024-01-01}, NULL]}",
                                    "{x=[a], ''=[], y=NULL}",
                                    "eu/o-1.json"),
                            List.of(
                                    "false",
                                    "-9223372036854775808",
                                    "nan",
                                    "",
                                    "",
                                    "0001-01-01",
                                    "00:00:00",
                                    "0001-01-01 00:00:00",
                                    "-9214560000000000000",
                                    "253402300799000000",
                                    "1",
                                    "\"text\"",
                                    "-0.01",
                                    "0.0000",
                                    "-99999999999999999999999999999999999999",
                                    "[]",
                                    "{'a': NULL, 'q\"q': NULL}",
                                    "{}",
                                    "eu/o-1.json"));
        }
    }

    private static List<List<String>> rows(Statement statement, String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT " + "CAST(COLUMNS(*) AS VARCHAR) FROM (" + sql + ")")) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
