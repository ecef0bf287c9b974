package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.ghala.model.Column;
import io.ghala.snapshot.RefusedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of types and of the fold, each case as files in a folder, in every order and grouping of arrival. */
class RefreshCasesTest {
    @TempDir
    Path temp;

    private int folders;

    private Table table(String... namesAndContents) throws IOException {
        Folder folder = new Folder(temp);
        for (int i = 0; i < namesAndContents.length; i += 2) {
            folder.with(namesAndContents[i], namesAndContents[i + 1]);
        }
        return folder.table();
    }

    private Table values(String first, String second) throws IOException {
        return table("a.json", "{\"id\":1,\"v\":" + first + "}", "b.json", "{\"id\":2,\"v\":" + second + "}");
    }

    private void widens(String first, String second, String type, String firstShown, String secondShown)
            throws IOException {
        Table table = values(first, second);
        assertThat(table.type("v")).isEqualTo(type);
        assertThat(table.rows())
                .containsExactly("{\"id\":1,\"v\":" + firstShown + "}", "{\"id\":2,\"v\":" + secondShown + "}");
    }

    @Test
    void integerAndFractionAreDouble() throws IOException {
        widens("1", "1.5", "DOUBLE", "1.0", "1.5");
    }

    @Test
    void anIntegerBeyondDoubleWithAFractionIsTextExactly() throws IOException {
        widens("9007199254740993", "1.5", "VARCHAR", "\"9007199254740993\"", "\"1.5\"");
    }

    @Test
    void integersBeyond64BitsAreExact() throws IOException {
        widens(
                "9223372036854775808",
                "18446744073709551616",
                "DECIMAL(38,0)",
                "9223372036854775808",
                "18446744073709551616");
    }

    @Test
    void moreDigitsThanADoubleHoldsStayVerbatim() throws IOException {
        widens("0.1234567890123456789", "1e400", "VARCHAR", "\"0.1234567890123456789\"", "\"1e400\"");
    }

    @Test
    void numbersBesideTextKeepTheirText() throws IOException {
        widens("1e3", "\"x\"", "VARCHAR", "\"1e3\"", "\"x\"");
        widens("\"007\"", "7", "VARCHAR", "\"007\"", "\"7\"");
        widens("true", "1", "VARCHAR", "\"true\"", "\"1\"");
    }

    @Test
    void nullTakesTheTypeOfTheOthers() throws IOException {
        widens("null", "5", "BIGINT", "null", "5");
        widens("null", "null", "VARCHAR", "null", "null");
    }

    @Test
    void datesAndTimestampsDoNotMix() throws IOException {
        widens("\"2024-01-02\"", "\"2024-01-02T10:00:00\"", "VARCHAR", "\"2024-01-02\"", "\"2024-01-02T10:00:00\"");
        widens("\"2024-02-30\"", "\"2024-01-02\"", "VARCHAR", "\"2024-02-30\"", "\"2024-01-02\"");
        widens(
                "\"2024-01-02T10:00:00\"",
                "\"2024-01-02T10:00:00Z\"",
                "VARCHAR",
                "\"2024-01-02T10:00:00\"",
                "\"2024-01-02T10:00:00Z\"");
    }

    @Test
    void zonesAreInstantsAndNineDigitsStayExact() throws IOException {
        widens(
                "\"2024-01-02T10:00:00Z\"",
                "\"2024-01-02T10:00:00+03:00\"",
                "TIMESTAMPTZ",
                "\"2024-01-02T10:00:00Z\"",
                "\"2024-01-02T07:00:00Z\"");
        widens(
                "\"2024-01-02T10:00:00.123456789\"",
                "\"2024-01-02T10:00:00\"",
                "TIMESTAMP_NS",
                "\"2024-01-02T10:00:00.123456789\"",
                "\"2024-01-02T10:00:00\"");
    }

    @Test
    void nestedValuesJoinByFieldAndByElement() throws IOException {
        widens(
                "{\"b\":1}",
                "{\"c\":\"x\"}",
                "STRUCT(\"b\" BIGINT, \"c\" VARCHAR)",
                "{\"b\":1,\"c\":null}",
                "{\"b\":null,\"c\":\"x\"}");
        widens("[1]", "[\"x\",null]", "VARCHAR[]", "[\"1\"]", "[\"x\",null]");
        widens("{\"b\":1.10}", "\"x\"", "JSON", "{\"b\":1.10}", "\"x\"");
        widens("[1,{\"c\":1.10}]", "[]", "JSON[]", "[1,{\"c\":1.10}]", "[]");
        widens("{}", "{}", "JSON", "{}", "{}");
        widens("{\"k\":1,\"K\":2}", "{\"k\":3}", "JSON", "{\"k\":1,\"K\":2}", "{\"k\":3}");
    }

    @Test
    void manyDynamicKeysAreJson() throws IOException {
        String keys = java.util.stream.IntStream.range(0, 300)
                .mapToObj(i -> "\"k" + i + "\":1")
                .collect(Collectors.joining(","));
        assertThat(values("{" + keys + "}", "{\"a\":1}").type("v")).isEqualTo("JSON");
    }

    @Test
    void aMalformedFileIsRefusedAndItsNeighboursLoad() throws IOException {
        for (String bad : List.of(
                "{\"a\":007}",
                "{bad",
                "[1,2]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"A\":2}",
                "\"x\"",
                "{\"v\":" + "[".repeat(2000))) {
            Table table = table("bad.json", bad, "good.json", "{\"id\":1}");
            assertThat(table.rows()).containsExactly("{\"id\":1}");
            assertThat(table.refused()).extracting(RefusedFile::file).containsExactly("bad.json");
        }
    }

    @Test
    void jsonComesAsObjectsArraysOrOneAfterTheOther() throws IOException {
        Table table = table(
                "a.json",
                "{\n \"id\": 1\n}{\"id\":2}",
                "b.json",
                "[{\"id\":3},{\"id\":4}]",
                "c.ndjson",
                "{\"id\":5}\n{\"id\":6}\n",
                "d.json",
                "[]",
                "e.json",
                "");
        assertThat(table.rows()).hasSize(6);
        assertThat(table.refused()).isEmpty();
    }

    @Test
    void spellingsOfAColumnAreOne() throws IOException {
        assertThat(table("a.json", "{\"A\":1}", "b.json", "{\"a\":2}").schema().columns())
                .extracting(Column::name)
                .contains("a");
    }

    @Test
    void csvCellsHaveNarrowRules() throws IOException {
        Table table = table("a.csv", "id,n,z,b,e,t\n1,1.5e3,007,true,1E5,\n2,2,7,False,2,\"\"\n");
        assertThat(table.type("n")).isEqualTo("DOUBLE");
        assertThat(table.type("z")).isEqualTo("VARCHAR");
        assertThat(table.type("b")).isEqualTo("BOOLEAN");
        assertThat(table.type("e")).isEqualTo("VARCHAR");
        assertThat(table.rows()).element(0).asString().endsWith("\"t\":null}");
        assertThat(table.rows()).element(1).asString().endsWith("\"t\":\"\"}");
    }

    @Test
    void raggedAndHeaderlessCsvIsRefused() throws IOException {
        assertThat(table("a.csv", "id,b\n1\n").refused())
                .first()
                .extracting(RefusedFile::reason)
                .asString()
                .contains("line 2");
        assertThat(table("a.csv", "1,2\n3,4\n").refused())
                .first()
                .extracting(RefusedFile::reason)
                .asString()
                .contains("header = false");
        assertThat(table("a.csv", "id;v\n1;1,5\n").rows()).containsExactly("{\"id\":1,\"v\":\"1,5\"}");
    }

    @Test
    void theGreatestStreamIdWinsAndADeleteHides() throws IOException {
        Table table = table(
                "base.ndjson", "{\"id\":1,\"v\":\"old\"}\n{\"id\":2,\"v\":\"old\"}\n{\"id\":3,\"v\":\"old\"}\n",
                "1@1763812345678-0.json", "{\"v\":\"new\"}",
                "1@1763812345677-9.json", "{\"v\":\"older\"}",
                "2@1763812345678-1.deleted", "");
        assertThat(table.rows()).containsExactlyInAnyOrder("{\"id\":1,\"v\":\"new\"}", "{\"id\":3,\"v\":\"old\"}");
    }

    @Test
    void anIdMatchesTheTextThatWasWritten() throws IOException {
        Table table = table(
                "a.json", "{\"id\":1}", "b.json", "{\"id\":1.0}", "c.csv", "id\n01\n", "1@1763812345678-0.deleted", "");
        assertThat(table.rows()).containsExactly("{\"id\":\"01\"}");
    }

    @Test
    void aSupersededWriteHasNoSayInTypes() throws IOException {
        Table table = table(
                "1@1763812345677-0.json", "{\"id\":1,\"v\":\"text\"}", "1@1763812345678-0.json", "{\"id\":1,\"v\":5}");
        assertThat(table.type("v")).isEqualTo("BIGINT");
    }

    @Test
    void aFileOfOneObjectTakesItsNameAsKey() throws IOException {
        assertThat(table("o-17.json", "{\"v\":1}").rows()).containsExactly("{\"id\":\"o-17\",\"v\":1}");
        assertThat(table("7.json", "{\"v\":1}", "x.csv", "id\n8\n").type("id")).isEqualTo("BIGINT");
    }

    @Test
    void foldersBecomeColumnsAndHiddenNamesStayFree() throws IOException {
        assertThat(table("k=1/a.json", "{\"id\":1}", "k=abc/b.json", "{\"id\":2}")
                        .type("k"))
                .isEqualTo("VARCHAR");
        assertThat(table("a.json", "{\"id\":1,\"_version\":2,\"\":3}").schema().columns())
                .extracting(Column::name)
                .containsExactly("id", "_version_", "column0");
    }

    private Table bytes(String name, byte[] content) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t" + folders++));
        Files.write(folder.resolve(name), content);
        Refresher read = Table.files(folder);
        read.update();
        return Table.of(read);
    }

    @Test
    void packedFilesAndOtherEncodingsGiveTheSameRows() throws IOException {
        String csv = "id,name\r\n1,\u00e9\r\n2,\"a, \"\"b\"\"\"\r\n";
        byte[] utf8 = csv.getBytes(StandardCharsets.UTF_8);
        List<String> rows = List.of("{\"id\":1,\"name\":\"\u00e9\"}", "{\"id\":2,\"name\":\"a, \\\"b\\\"\"}");
        ByteArrayOutputStream gz = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gz)) {
            out.write(utf8);
        }
        assertThat(bytes("a.csv", utf8).rows()).isEqualTo(rows);
        assertThat(bytes("a.csv.gz", gz.toByteArray()).rows()).isEqualTo(rows);
        assertThat(bytes("a.csv.zst", Zstd.compress(utf8)).rows()).isEqualTo(rows);
        assertThat(bytes("a.csv", ("\ufeff" + csv).getBytes(StandardCharsets.UTF_8))
                        .rows())
                .isEqualTo(rows);
        assertThat(bytes("a.csv", ("\ufeff" + csv).getBytes(StandardCharsets.UTF_16LE))
                        .rows())
                .isEqualTo(rows);
        assertThat(bytes("a.csv", ("\ufeff" + csv).getBytes(StandardCharsets.UTF_16BE))
                        .rows())
                .isEqualTo(rows);
        assertThat(bytes(
                                "a.tsv",
                                csv.replace("\"a, \"\"b\"\"\"", "x")
                                        .replace(",", "\t")
                                        .getBytes(StandardCharsets.UTF_8))
                        .rows())
                .containsExactly(rows.get(0), "{\"id\":2,\"name\":\"x\"}");
    }

    @Test
    void damagedFilesAreRefusedWithTheirReason() throws IOException {
        byte[] latin = "id,name\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(bytes("a.csv", latin).refused())
                .singleElement()
                .extracting(RefusedFile::reason)
                .asString()
                .contains("encoding");
        for (String name : List.of("a.json.gz", "a.csv.zst", "a.parquet", "a.arrow", "a.xlsx", "a.ndjson.gz")) {
            assertThat(bytes(name, "not what the name says".getBytes(StandardCharsets.UTF_8))
                            .refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.reason()).isNotBlank());
        }
        byte[] invalid = {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'};
        assertThat(bytes("a.json", invalid).refused()).hasSize(1);
    }

    @Test
    void aParquetFileJoinsWithTextFiles() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("t" + folders++));
        try (java.sql.Connection duckdb = java.sql.DriverManager.getConnection("jdbc:duckdb:");
                java.sql.Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (SELECT 1 AS id, 1.50::DECIMAL(9,2) AS price, DATE '2024-01-02' AS d, [1, 2] AS l,"
                    + " TIMESTAMPTZ '2024-01-02 10:00:00+03' AS t, true AS b, 'x' AS s, 0.1::DOUBLE AS f) TO '"
                    + folder.resolve("a.parquet") + "' (FORMAT parquet)");
        }
        Files.writeString(folder.resolve("b.json"), "{\"id\":2,\"l\":[3],\"s\":null,\"f\":2}");
        Refresher read = Table.files(folder);
        read.update();
        Table table = Table.of(read);
        assertThat(table.refused()).isEmpty();
        assertThat(table.rows())
                .containsExactly(
                        "{\"id\":1,\"l\":[1,2],\"price\":1.50,\"d\":\"2024-01-02\",\"s\":\"x\",\"f\":0.1,\"t\":\"2024-01-02T07:00:00Z\",\"b\":true}",
                        "{\"id\":2,\"l\":[3],\"price\":null,\"d\":null,\"s\":null,\"f\":2.0,\"t\":null,\"b\":null}");
    }
}
