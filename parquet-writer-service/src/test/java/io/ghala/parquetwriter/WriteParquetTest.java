package io.ghala.parquetwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SqlName;
import io.ghala.model.TableName;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.codec.EveryType;
import io.ghala.testing.memory.MemoryParquetFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteParquetTest {
    private static final TableName TABLE = new TableName("t");
    private static final String CONTENT = "SELECT string_agg(r::VARCHAR, '|' ORDER BY r::VARCHAR) FROM $file r";

    @TempDir
    Path root;

    private final RootAllocator allocator = new RootAllocator();
    private final PublishedTables published = new PublishedTables(allocator);
    private final MemoryParquetFiles notes = new MemoryParquetFiles();
    private final MetricRegistry metrics = new MetricRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, String> environment = new HashMap<>();
    private Path file;
    private FolderLayout layout;
    private StageFolder stage;

    @BeforeEach
    void prepare() throws IOException {
        file = root.resolve("t.parquet");
        layout = new FolderLayout(root);
        stage = StageFolder.create(layout, "parquet-t");
        environment.put("DB_ROOT", root.toString());
    }

    @AfterEach
    void everyVectorWasClosedAndNoTemporaryFileIsLeft() throws IOException {
        allocator.close();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(layout.stages(), "*/*")) {
            assertThat(left).isEmpty();
        }
    }

    private WriteParquet writer() {
        GhalaConfig config = ConfigLoader.of(environment).load(0);
        return new WriteParquet(TABLE, config, published, notes, allocator, metrics, nanos::get);
    }

    private String query(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("$file", SqlName.literal(file.toString())))) {
            result.next();
            return String.valueOf(result.getObject(1));
        }
    }

    private String count() throws SQLException {
        return query("SELECT count(*) FROM $file");
    }

    private static String rows(int times) {
        return Integer.toString(times * EveryType.ROWS.size());
    }

    @ParameterizedTest
    @EnumSource
    void everySnapshotFormatBecomesTheSameFile(SnapshotFormat format) throws IOException, SQLException {
        published.publish(TABLE, 4, SnapshotFormat.ARROW, 10);
        writer().write(stage);
        String content = query(CONTENT);
        published.publish(TABLE, 5, format, 10);
        assertThat(writer().write(stage)).isTrue();
        assertThat(count()).isEqualTo(rows(10));
        assertThat(query(CONTENT)).isEqualTo(content);
        assertThat(query("SELECT decode(value) FROM parquet_kv_metadata($file) WHERE decode(key) = 'ghala.version'"))
                .isEqualTo("5");
        assertThat(query("SELECT decode(value) FROM parquet_kv_metadata($file) WHERE decode(key) = 'ghala.root_hash'"))
                .isEqualTo("%032d".formatted(5));
    }

    @Test
    void aVersionThatTheFileHoldsIsNotWrittenAgainAndOnlyTheNewestIs() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 1);
        WriteParquet writer = writer();
        writer.write(stage);
        assertThat(writer.write(stage)).isFalse();
        assertThat(writer().write(stage)).as("after a restart").isFalse();
        published.publish(TABLE, 6, SnapshotFormat.ARROW, 2);
        published.publish(TABLE, 9, SnapshotFormat.ARROW, 3);
        assertThat(writer.write(stage)).isTrue();
        assertThat(writer.write(stage)).isFalse();
        assertThat(count()).isEqualTo(rows(3));
    }

    @Test
    void aRemovedFileComesBackTheSame() throws IOException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        WriteParquet writer = writer();
        writer.write(stage);
        byte[] before = Files.readAllBytes(file);
        assertThat(metrics.counter("ghala.parquet.writes").getCount()).isEqualTo(1);
        assertThat(metrics.counter("ghala.parquet.bytes").getCount()).isEqualTo(before.length);
        assertThat(metrics.timer("ghala.parquet.write").getCount()).isEqualTo(1);
        Files.delete(file);
        assertThat(writer.write(stage)).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void anyAlteredByteIsNoticedAtTheStartAndByTheTimerAndTheFileIsWrittenAnew() throws IOException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        WriteParquet writer = writer();
        writer.write(stage);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            byte[] bad = good.clone();
            int at = i == 0 ? 0 : i == 1 ? bad.length - 1 : random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            var modified = Files.getLastModifiedTime(file);
            Files.write(file, bad);
            Files.setLastModifiedTime(file, modified);
            if (i % 2 == 0) {
                assertThat(writer().write(stage)).as("byte %d at the start", at).isTrue();
                writer.write(stage);
            } else {
                nanos.addAndGet(Duration.ofMinutes(10).toNanos());
                assertThat(writer.write(stage)).as("byte %d by the timer", at).isTrue();
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
    }

    @Test
    void aFileOfOursThatWasCutShortIsReplaced() throws IOException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        WriteParquet writer = writer();
        assertThat(writer.write(stage)).isTrue();
        byte[] good = Files.readAllBytes(file);
        for (int length : new int[] {good.length / 2, good.length - 1, 700, 70, 0}) {
            Files.write(file, Arrays.copyOf(good, length));
            assertThat(writer.write(stage)).as("cut to %d bytes", length).isTrue();
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
    }

    @Test
    void nothingOfSomebodyElseIsTouchedAndTheReasonIsNotedUntilItGoes() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        WriteParquet writer = writer();
        assertThat(writer.write(stage)).isTrue();
        byte[] ours = Files.readAllBytes(file);
        Files.delete(file);
        for (String own : List.of("not parquet", "PAR1", "x")) {
            Files.writeString(file, own);
            assertThat(writer.write(stage)).isFalse();
            assertThat(writer().write(stage)).as("after a restart").isFalse();
            assertThat(file).hasContent(own);
            assertThat(notes.state(TABLE).orElseThrow().problem().orElseThrow())
                    .contains("t.parquet", "a file that Ghala did not write", "move or rename");
        }
        Files.delete(file);
        assertThat(writer.write(stage)).isTrue();
        assertThat(writer.write(stage)).isFalse();
        assertThat(Files.readAllBytes(file)).isEqualTo(ours);
        assertThat(notes.state(TABLE).orElseThrow().problem()).isEmpty();
    }

    @Test
    void aParquetFileOfSomebodyElseIsNeverReplaced() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT 42 AS mine) TO " + SqlName.literal(file.toString()) + " (FORMAT parquet)");
        }
        assertThat(writer().write(stage)).isFalse();
        assertThat(query("SELECT mine FROM $file")).isEqualTo("42");
    }

    @Test
    void theFileOfAnotherTableALinkAndAFolderAreLeftAlone() throws IOException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        writer().write(stage);
        Path other = root.resolve("u.parquet");
        published.publish(new TableName("u"), 6, SnapshotFormat.ARROW, 1);
        Files.copy(file, other);
        byte[] copied = Files.readAllBytes(other);
        GhalaConfig config = ConfigLoader.of(environment).load(0);
        WriteParquet ofOther =
                new WriteParquet(new TableName("u"), config, published, notes, allocator, metrics, nanos::get);
        assertThat(ofOther.write(stage)).isFalse();
        assertThat(Files.readAllBytes(other)).isEqualTo(copied);

        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "of somebody");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThat(writer().write(stage)).isFalse();
        assertThat(Files.isSymbolicLink(file)).isTrue();
        assertThat(elsewhere).hasContent("of somebody");

        Files.delete(file);
        Files.createDirectory(file);
        assertThat(writer().write(stage)).isFalse();
        assertThat(file).isEmptyDirectory();
    }

    @Test
    void aFileThatComesWhileOursIsWrittenStays() throws IOException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        published.beforeBlobs(() -> {
            try {
                Files.writeString(file, "just came");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertThat(writer().write(stage)).isFalse();
        assertThat(file).hasContent("just came");
    }

    @Test
    void aFencedWriterLeavesTheFileAlone() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        writer().write(stage);
        published.publish(TABLE, 6, SnapshotFormat.ARROW, 5);
        StageFolder successor = StageFolder.create(layout, "parquet-t");
        published.beforeBlobs(() -> {
            try {
                successor.fenceOthers(layout, "parquet-t");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        WriteParquet paused = writer();
        assertThatThrownBy(() -> paused.write(stage)).isInstanceOf(FencedException.class);
        assertThat(count()).isEqualTo(rows(3));
        assertThat(writer().write(successor)).isTrue();
        assertThat(count()).isEqualTo(rows(5));
    }

    @Test
    void aMissingBlobLeavesTheFileAndAsksForRepair() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        WriteParquet writer = writer();
        writer.write(stage);
        published.publish(TABLE, 6, SnapshotFormat.ARROW, 5);
        published.loseBlobs();
        assertThatThrownBy(() -> writer.write(stage)).isInstanceOf(MissingBlobException.class);
        assertThat(published.repairs()).containsExactly(TABLE);
        assertThat(count()).isEqualTo(rows(3));
        assertThat(metrics.counter("ghala.parquet.writes").getCount()).isEqualTo(1);
    }

    @Test
    void provenanceIsWrittenOnDemandAndChangingTheDemandWritesTheFileAnew() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 3);
        writer().write(stage);
        String hidden = "SELECT count(*) FROM (DESCRIBE FROM $file) WHERE column_name IN ('_file', '_version')";
        assertThat(query(hidden)).isEqualTo("0");
        environment.put("PARQUET_PROVENANCE", "true");
        assertThat(writer().write(stage)).isTrue();
        assertThat(query(hidden)).isEqualTo("2");
        assertThat(query("SELECT DISTINCT _file FROM $file")).isEqualTo("eu/o-1.json");
        assertThat(writer().write(stage)).isFalse();
    }

    @Test
    void bloomFiltersGoToTheColumnsNamedForTheTable() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 1);
        environment.put("PARQUET_BLOOM_COLUMNS", "t.varchar, other.bigint, *.DATE");
        writer().write(stage);
        assertThat(query("SELECT string_agg(path_in_schema ORDER BY path_in_schema) FROM parquet_metadata($file)"
                        + " WHERE bloom_filter_offset IS NOT NULL"))
                .isEqualTo("date,varchar");
    }

    @Test
    void theRowsAreSortedByTheColumnsNamedForTheTableWhereTheyHaveAnOrder() throws IOException, SQLException {
        published.publish(TABLE, 5, SnapshotFormat.ARROW, 50);
        writer().write(stage);
        String inOrder = "SELECT list(\"bigint\") = list_sort(list(\"bigint\"), 'ASC', 'NULLS LAST') FROM $file";
        assertThat(query(inOrder)).isEqualTo("false");
        environment.put("PARQUET_SORT", "t.struct, t.bigint");
        assertThat(writer().write(stage)).isTrue();
        assertThat(query(inOrder)).isEqualTo("true");
        assertThat(count()).isEqualTo(rows(50));
    }

    @Test
    void aTableThatIsNotPublishedIsLeftAlone() throws IOException {
        assertThat(writer().write(stage)).isFalse();
        assertThat(file).doesNotExist();
    }
}
