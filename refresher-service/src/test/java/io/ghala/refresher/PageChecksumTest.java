package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pages of Parquet files that were altered after they were written, and timestamps that DuckDB would take for others.
 */
class PageChecksumTest {
    private static final int JULIAN_1970 = 2_440_588;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    @TempDir
    Path temp;

    private byte[] parquet(String schema, Consumer<Group> fill) throws IOException {
        MessageType type = MessageTypeParser.parseMessageType(schema);
        Path file = temp.resolve("sample.parquet");
        Files.deleteIfExists(file);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(type)
                .withDictionaryEncoding(false)
                .withPageWriteChecksumEnabled(true)
                .build()) {
            Group row = new SimpleGroupFactory(type).newGroup();
            fill.accept(row);
            writer.write(row);
        }
        return Files.readAllBytes(file);
    }

    private byte[] text(String value) throws IOException {
        return parquet("message m { required binary v (UTF8); }", row -> row.add("v", value));
    }

    private Table table(byte[] content) throws IOException {
        return new Folder(temp).with("a.parquet", content).table();
    }

    @Test
    void anAlteredPageIsRefusedWithItsPlace() throws IOException {
        byte[] whole = text("forty-two");
        assertThat(table(whole).rows()).containsExactly("{\"v\":\"forty-two\"}");
        byte[] altered = whole.clone();
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("forty-two");
        altered[at] = 'F';
        Table table = table(altered);
        assertThat(table.rows()).isEmpty();
        assertThat(table.refused()).hasSize(1);
        assertThat(table.refused().get(0).reason())
                .isEqualTo("its page at byte 4, of column 'v', does not fit the checksum that it was written with: its"
                        + " content is damaged, copy it anew");
    }

    private Table int96(int day, long nanos) throws IOException {
        return table(parquet("message m { required int96 v; }", row -> row.add("v", new NanoTime(day, nanos))));
    }

    @Test
    void ninetySixBitTimestampsBeyondTheirRangeAreRefused() throws IOException {
        assertThat(int96(JULIAN_1970, 1000).rows()).containsExactly("{\"v\":\"1970-01-01T00:00:00.000001\"}");
        assertThat(int96(5_373_484, 0).rows()).containsExactly("{\"v\":\"9999-12-31T00:00:00\"}");
        for (int day : new int[] {0, -1, 1_721_425, 5_373_485, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(int96(day, 0).refused()).as("day %s", day).hasSize(1);
            assertThat(int96(day, 0).refused().get(0).reason()).contains("beyond the years 1 to 9999");
        }
        for (long nanos : new long[] {-1000, DAY_NANOS, Long.MIN_VALUE}) {
            assertThat(int96(JULIAN_1970, nanos).refused())
                    .as("nanos %s", nanos)
                    .hasSize(1);
        }
    }
}
