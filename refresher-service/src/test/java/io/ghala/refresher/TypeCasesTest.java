package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.snapshot.RefusedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single cases of how values become types and rows, each by its name, in every order and grouping of arrival. */
class TypeCasesTest {
    @TempDir
    Path temp;

    private Folder folder() {
        return new Folder(temp);
    }

    private void json(String first, String second, String type, String firstShown, String secondShown)
            throws IOException {
        Table table = folder().with("a.json", "{\"id\":1,\"v\":" + first + "}")
                .with("b.json", "{\"id\":2,\"v\":" + second + "}")
                .with("c.json", "{\"id\":3}")
                .table();
        assertThat(table.type("v")).isEqualTo(type);
        assertThat(table.rows())
                .containsExactly(
                        "{\"id\":1,\"v\":" + firstShown + "}",
                        "{\"id\":2,\"v\":" + secondShown + "}",
                        "{\"id\":3,\"v\":null}");
    }

    private void cells(String first, String second, String type) throws IOException {
        Table table = folder().with("a.csv", "id,v\n1," + first + "\n")
                .with("b.csv", "id,v\n2," + second + "\n")
                .table();
        assertThat(table.type("v")).as(first + " with " + second).isEqualTo(type);
    }

    @Test
    void a42DigitIntegerIsText() throws IOException {
        String digits = "123456789012345678901234567890123456789012";
        json(digits, "1", "VARCHAR", "\"" + digits + "\"", "\"1\"");
    }

    @Test
    void aNumberBeyondDoublesIsText() throws IOException {
        json("1e400", "1", "VARCHAR", "\"1e400\"", "\"1\"");
    }

    @Test
    void cellsWithLeadingZerosOrUpperCaseExponentsAreText() throws IOException {
        cells("007", "7", "VARCHAR");
        cells("1E5", "7", "VARCHAR");
        cells("t", "true", "VARCHAR");
        cells("yes", "true", "VARCHAR");
        cells("+1", "1", "VARCHAR");
        cells("1.5e3", "7", "DOUBLE");
        cells("TRUE", "false", "BOOLEAN");
    }

    @Test
    void localDatesAndDatesThatAreNoneAreText() throws IOException {
        cells("13/02/2024", "2024-02-13", "VARCHAR");
        cells("2024-02-30", "2024-02-13", "VARCHAR");
        cells("2024-02-29", "2024-02-13", "DATE");
    }

    @Test
    void nanIsTextInCsvAndInvalidInJson() throws IOException {
        cells("NaN", "1.5", "VARCHAR");
        Table table = folder().with("a.json", "{\"id\":1,\"v\":NaN}")
                .with("b.json", "{\"id\":2}")
                .table();
        assertThat(table.refused()).extracting(RefusedFile::file).containsExactly("a.json");
        assertThat(table.rows()).containsExactly("{\"id\":2}");
    }

    @Test
    void aQuotedEmptyCellIsTextAndAnUnquotedOneIsNull() throws IOException {
        Table table = folder().with("a.csv", "id,v\n1,\"\"\n2,\n")
                .with("b.csv", "id,v\n3,5\n")
                .table();
        assertThat(table.type("v")).isEqualTo("VARCHAR");
        assertThat(table.rows())
                .containsExactly("{\"id\":1,\"v\":\"\"}", "{\"id\":2,\"v\":null}", "{\"id\":3,\"v\":\"5\"}");
    }

    @Test
    void whenTheOnlyTextFileGoesTheTypeNarrowsBack() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("narrows"));
        Files.writeString(folder.resolve("a.json"), "{\"id\":1,\"v\":5}");
        Files.writeString(folder.resolve("b.json"), "{\"id\":2,\"v\":\"x\"}");
        try (Refresher refresher = Table.files(folder)) {
            refresher.update();
            assertThat(Table.of(refresher).type("v")).isEqualTo("VARCHAR");
            Files.delete(folder.resolve("b.json"));
            refresher.update();
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
            assertThat(Table.of(refresher).rows()).containsExactly("{\"id\":1,\"v\":5}");
        }
    }

    @Test
    void whenTheOnlyTypedFileGoesItsDecimalsGoToo() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("decimals"));
        Files.writeString(folder.resolve("a.json"), "{\"id\":1,\"v\":5}");
        Files.writeString(folder.resolve("b.json"), "{\"id\":2,\"v\":1.25}");
        Files.write(
                folder.resolve("c.parquet"),
                TypedFileSamples.parquet(temp, "SELECT 3 AS id, 12345.5::DECIMAL(9,1) AS v"));
        try (Refresher refresher = Table.files(folder)) {
            refresher.update();
            assertThat(Table.of(refresher).type("v")).isEqualTo("DECIMAL(10,2)");
            assertThat(Table.of(refresher).rows())
                    .containsExactly("{\"id\":1,\"v\":5.00}", "{\"id\":2,\"v\":1.25}", "{\"id\":3,\"v\":12345.50}");
            Files.writeString(folder.resolve("d.json"), "{\"id\":4,\"v\":\"x\"}");
            refresher.update();
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
            assertThat(Table.of(refresher).rows())
                    .containsExactly(
                            "{\"id\":1,\"v\":\"5\"}",
                            "{\"id\":2,\"v\":\"1.25\"}",
                            "{\"id\":3,\"v\":\"12345.5\"}",
                            "{\"id\":4,\"v\":\"x\"}");
            Files.delete(folder.resolve("c.parquet"));
            Files.delete(folder.resolve("d.json"));
            refresher.update();
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
            assertThat(Table.of(refresher).type("v")).isEqualTo("DOUBLE");
        }
    }

    @Test
    void keysWithPointsQuotesAndReservedWordsAreColumns() throws IOException {
        Table table = folder().with("a.json", "{\"id\":1,\"x.y\":2,\"q\\\"q\":3,\"select\":4,\"\":5}")
                .with("b.json", "{\"id\":2,\"select\":1.5}")
                .table();
        assertThat(table.schema().columns())
                .extracting(Column::name)
                .containsExactly("id", "select", "x.y", "q\"q", "column0");
        assertThat(table.rows().get(0)).isEqualTo("{\"id\":1,\"select\":4.0,\"x.y\":2,\"q\\\"q\":3,\"column0\":5}");
    }

    @Test
    void columnsThatDifferInCaseAreOneAndShowTheGreatestSpelling() throws IOException {
        Table table = folder().with("a.json", "{\"id\":1,\"a\":1}")
                .with("b.json", "{\"id\":2,\"A\":2}")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":1,\"a\":1}", "{\"id\":2,\"a\":2}");
    }

    @Test
    void theStemOfAOneObjectFileIsAKeyLikeACell() throws IOException {
        Table numbers = folder().with("7.json", "{\"v\":1}")
                .with("b.json", "{\"id\":8,\"v\":2}")
                .table();
        assertThat(numbers.type("id")).isEqualTo("BIGINT");
        Table words = folder().with("x.json", "{\"v\":1}")
                .with("b.json", "{\"id\":8,\"v\":2}")
                .table();
        assertThat(words.type("id")).isEqualTo("VARCHAR");
        assertThat(words.rows()).containsExactly("{\"id\":\"8\",\"v\":2}", "{\"id\":\"x\",\"v\":1}");
    }

    @Test
    void anOpOnOneHidesOneAndOnePointZeroButNotTheCell01() throws IOException {
        Table table = folder().with("a.json", "{\"id\":1,\"v\":\"a\"}")
                .with("b.json", "{\"id\":1.0,\"v\":\"b\"}")
                .with("c.csv", "id,v\n01,c\n")
                .with("1@1763812345678-0.json", "{\"v\":\"op\"}")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":\"01\",\"v\":\"c\"}", "{\"id\":\"1\",\"v\":\"op\"}");
    }

    @Test
    void anOpOnSevenThatSaysEightIsRefusedAndOneThatSaysSevenAsTextIsTaken() throws IOException {
        Table table = folder().with("7@1763812345678-0.json", "{\"id\":8}")
                .with("9@1763812345678-1.json", "{\"id\":\"9\"}")
                .with("a.json", "{\"id\":7}")
                .table();
        assertThat(table.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.file()).startsWith("7@");
            assertThat(refused.reason()).contains("'7'").contains("'8'");
        });
        assertThat(table.rows()).containsExactly("{\"id\":\"7\"}", "{\"id\":\"9\"}");
        Table batch = folder().with(
                        "ops@1763812345678-0.0000000000000001.ndjson",
                        "{\"op\":\"upsert\",\"id\":\"7\",\"seq\":\"1763812345678-0\",\"payload\":{\"id\":8}}\n")
                .with("a.json", "{\"id\":7}")
                .table();
        assertThat(batch.refused()).hasSize(1);
        assertThat(batch.rows()).containsExactly("{\"id\":7}");
    }

    @Test
    void aSupersededWriteGivesTheSameTypeBeforeAndAfterItIsRemoved() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("superseded"));
        Files.writeString(folder.resolve("1@1763812345677-0.json"), "{\"v\":\"text\"}");
        Files.writeString(folder.resolve("1@1763812345678-0.json"), "{\"v\":5}");
        try (Refresher refresher = Table.files(folder)) {
            refresher.update();
            Table before = Table.of(refresher);
            Files.delete(folder.resolve("1@1763812345677-0.json"));
            refresher.update();
            assertThat(Table.of(refresher).schema()).isEqualTo(before.schema());
            assertThat(Table.of(refresher).rows()).isEqualTo(before.rows());
            assertThat(before.type("v")).isEqualTo("BIGINT");
        }
    }

    @Test
    void folderValuesAreCells() throws IOException {
        Table text = folder().with("k=1/a.json", "{\"id\":1}")
                .with("k=abc/b.json", "{\"id\":2}")
                .with("k=__HIVE_DEFAULT_PARTITION__/c.json", "{\"id\":3}")
                .table();
        assertThat(text.rows())
                .containsExactly("{\"id\":1,\"k\":\"1\"}", "{\"id\":2,\"k\":\"abc\"}", "{\"id\":3,\"k\":null}");
        Table numbers = folder().with("k=1/a.json", "{\"id\":1}")
                .with("k=2/b.csv", "id\n2\n")
                .table();
        assertThat(numbers.type("k")).isEqualTo("BIGINT");
    }

    @Test
    void microsecondsBesideNanosecondsOutOfTheirReachAreText() throws IOException {
        json(
                "\"1600-01-01T00:00:00\"",
                "\"2024-01-01T00:00:00.000000001\"",
                "VARCHAR",
                "\"1600-01-01T00:00:00\"",
                "\"2024-01-01T00:00:00.000000001\"");
    }
}
