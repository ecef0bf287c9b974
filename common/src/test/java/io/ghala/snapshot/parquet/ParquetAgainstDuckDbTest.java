package io.ghala.snapshot.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.GhalaConfig.ParquetCompression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DuckDB makes a table, we write it, DuckDB reads the file: no row may differ. */
class ParquetAgainstDuckDbTest {
    @TempDir
    Path temp;

    private DuckTables duckdb;
    private Path file;

    @BeforeEach
    void open() throws SQLException {
        duckdb = new DuckTables();
        file = temp.resolve("t.parquet");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    private static ParquetOptions options(long rowGroupRows, int pageBytes, int threads, String... bloomColumns) {
        return new ParquetOptions(
                ParquetCompression.ZSTD, 3, 1 << 30, rowGroupRows, pageBytes, threads, Set.of(bloomColumns));
    }

    @ParameterizedTest
    @CsvSource({"1,1000,4096,1", "20000,777,2048,2", "20000,5000,1048576,2", "9,1,1024,2"})
    void flatAndNestedTablesComeBackWhateverTheSizes(int rows, long groupRows, int pageBytes, int threads)
            throws SQLException, IOException {
        for (String sql : List.of(DuckTables.FLAT, DuckTables.NESTED)) {
            duckdb.execute("CREATE OR REPLACE TABLE t AS " + DuckTables.sized(sql, rows));
            Files.deleteIfExists(file);
            duckdb.write("t", 2048, options(groupRows, pageBytes, threads), file);
            assertThat(duckdb.rows("SELECT count(*) FROM " + DuckTables.file(file)))
                    .containsExactly(List.of(Integer.toString(rows)));
            assertThat(duckdb.differences("t", file)).isZero();
        }
    }

    @Test
    void rowGroupsHaveExactlyTheRowsAskedFor() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.NESTED, 10_000));
        duckdb.write("t", 2048, options(3000, 1 << 20, 2), file);
        assertThat(duckdb.rows("SELECT DISTINCT row_group_id, row_group_num_rows FROM parquet_metadata("
                        + DuckTables.file(file) + ") ORDER BY 1"))
                .containsExactly(
                        List.of("0", "3000"), List.of("1", "3000"), List.of("2", "3000"), List.of("3", "1000"));
    }

    @Test
    void aTableWithoutRowsKeepsItsTypes() throws SQLException, IOException {
        for (String sql : List.of(DuckTables.FLAT, DuckTables.NESTED)) {
            duckdb.execute("CREATE OR REPLACE TABLE t AS " + DuckTables.sized(sql, 0));
            Files.deleteIfExists(file);
            duckdb.write("t", 2048, options(1000, 4096, 2), file);
            assertThat(duckdb.rows("DESCRIBE FROM " + DuckTables.file(file))).isEqualTo(duckdb.rows("DESCRIBE t"));
            assertThat(duckdb.rows("SELECT count(*) FROM " + DuckTables.file(file)))
                    .containsExactly(List.of("0"));
        }
    }

    @Test
    void eachColumnGetsTheSmallestEncoding() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.FLAT, 20_000));
        duckdb.write("t", 2048, options(100_000, 1 << 20, 2), file);
        assertThat(duckdb.rows("SELECT path_in_schema, CASE WHEN encodings LIKE '%DICTIONARY%' THEN 'dictionary'"
                        + " WHEN encodings LIKE '%DELTA%' THEN 'delta' ELSE 'plain' END FROM parquet_metadata("
                        + DuckTables.file(file) + ")"))
                .contains(
                        List.of("id", "delta"),
                        List.of("few", "dictionary"),
                        List.of("city", "dictionary"),
                        List.of("unique_text", "delta"),
                        List.of("blob", "plain"),
                        List.of("double", "dictionary"),
                        List.of("moment", "delta"),
                        List.of("decimal38", "plain"),
                        List.of("constant", "dictionary"));
    }

    @Test
    void statisticsAreThoseOfTheValues() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.FLAT, 20_000));
        duckdb.write("t", 2048, options(100_000, 2048, 2), file);
        for (String column : List.of(
                "id",
                "scattered",
                "few",
                "city",
                "unique_text",
                "lengths",
                "flag",
                "day",
                "decimal9",
                "decimal38",
                "moment")) {
            List<List<String>> stated =
                    duckdb.rows("SELECT stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata("
                            + DuckTables.file(file) + ") WHERE path_in_schema = '" + column + "'");
            assertThat(stated)
                    .as(column)
                    .isEqualTo(duckdb.rows("SELECT min(" + column + ")::VARCHAR, max(" + column
                            + ")::VARCHAR, count(*) FILTER (" + column + " IS NULL) FROM t"));
        }
    }

    @Test
    void pagesAreSkippedRightlyByTheirStatistics() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.FLAT, 20_000));
        duckdb.write("t", 2048, options(5000, 1024, 2), file);
        for (String filter : List.of(
                "id BETWEEN 7000 AND 7003",
                "city = 'city 17'",
                "unique_text = 'unique ' || md5('123')",
                "isnan(\"double\")",
                "\"double\" < -40",
                "decimal38 < 0",
                "decimal9 = -5000",
                "lengths > repeat('é', 38)",
                "nothing IS NOT NULL",
                "city IS NULL AND flag",
                "day < DATE '1969-02-01'")) {
            String counted = "SELECT count(*) FROM %s WHERE " + filter;
            assertThat(duckdb.rows(counted.formatted(DuckTables.file(file))))
                    .as(filter)
                    .isEqualTo(duckdb.rows(counted.formatted("t")));
        }
    }

    @Test
    void bloomFiltersRuleOutWhatIsNotThereAndNothingElse() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.FLAT, 20_000));
        duckdb.write(
                "t", 2048, options(5000, 4096, 2, "unique_text", "scattered", "few", "flag", "double", "day"), file);
        assertThat(duckdb.rows("SELECT DISTINCT path_in_schema FROM parquet_metadata(" + DuckTables.file(file)
                        + ") WHERE bloom_filter_offset IS NOT NULL ORDER BY 1"))
                .containsExactly(
                        List.of("day"),
                        List.of("double"),
                        List.of("few"),
                        List.of("scattered"),
                        List.of("unique_text"));
        String present = "unique ' || md5('12345') || '";
        assertThat(duckdb.rows("SELECT count(*) FROM parquet_bloom_probe(" + DuckTables.file(file)
                        + ", 'unique_text', '" + present + "') WHERE NOT bloom_filter_excludes"))
                .as("row groups that may hold it")
                .isIn(List.of(List.of("1")), List.of(List.of("2")));
        assertThat(duckdb.rows(
                        "SELECT count(*) FROM " + DuckTables.file(file) + " WHERE unique_text = '" + present + "'"))
                .containsExactly(List.of("1"));
    }

    @Test
    void theSameRowsGiveTheSameBytesWhateverTheBatchesAndThreads() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.NESTED, 5000));
        duckdb.write("t", 2048, options(1500, 4096, 2), file);
        Path other = temp.resolve("other.parquet");
        duckdb.write("t", 4096, options(1500, 4096, 1), other);
        assertThat(Files.mismatch(file, other)).isEqualTo(-1);
    }

    @Test
    void anAlteredByteOfAPageIsNoticed() throws SQLException, IOException {
        duckdb.execute("CREATE TABLE t AS " + DuckTables.sized(DuckTables.FLAT, 1000));
        duckdb.write("t", 2048, options(5000, 1 << 20, 2), file);
        readVerified();
        byte[] bytes = Files.readAllBytes(file);
        long page =
                Long.parseLong(duckdb.rows("SELECT data_page_offset + total_compressed_size / 2 FROM parquet_metadata("
                                + DuckTables.file(file) + ") WHERE path_in_schema = 'unique_text'")
                        .get(0)
                        .get(0)
                        .replaceAll("[.].*", ""));
        bytes[(int) page] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(this::readVerified).hasMessageContaining("CRC");
    }

    private void readVerified() throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder().usePageChecksumVerification(true).build())) {
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                for (var column : reader.getFileMetaData().getSchema().getColumns()) {
                    var chunk = pages.getPageReader(column);
                    chunk.readDictionaryPage();
                    while (chunk.readPage() != null) {
                        // Reading is verifying.
                    }
                }
            }
        }
    }
}
