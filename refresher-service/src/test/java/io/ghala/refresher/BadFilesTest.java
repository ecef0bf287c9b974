package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.RefusedFile.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that cannot be taken whole are refused with place and remedy, and their neighbours live. */
class BadFilesTest {
    private static final String GOOD = "{\"id\":\"good\"}";
    private static final String OPEN = "id,a\n1,2\n3,\"x\n4,5\n6,7\n";
    private static final String NOT_CLOSED = "the quote that opens in line 3 is never closed";

    @TempDir
    Path temp;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(utf8(text));
        }
        return out.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] without(byte[] bytes, int fromEnd) {
        return Arrays.copyOf(bytes, bytes.length - fromEnd);
    }

    private static byte[] altered(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 0x55;
        return other;
    }

    /** The table of a good file and this one. */
    private Table with(String name, byte[] content) throws IOException {
        return new Folder(temp).with("good.json", GOOD).with(name, content).table();
    }

    private void refused(String name, byte[] content, String reason) throws IOException {
        Table table = with(name, content);
        assertThat(table.refused()).as(name).hasSize(1);
        assertThat(table.refused().get(0).kind()).isEqualTo(Kind.REFUSED);
        assertThat(table.refused().get(0).reason()).contains(reason);
        assertThat(table.refused().get(0).reason().toLowerCase(Locale.ROOT))
                .doesNotContain("java.", "exception", "feature", "jackson", "thrift", "token");
        assertThat(table.rows()).containsExactly(GOOD);
    }

    private void refused(String name, String content, String reason) throws IOException {
        refused(name, utf8(content), reason);
    }

    private List<String> rows(String name, String content) throws IOException {
        Table table = new Folder(temp).with(name, content).table();
        assertThat(table.refused()).isEmpty();
        return table.rows();
    }

    @Test
    void anOpenQuoteIsRefusedWithTheLineWhereItOpens() throws IOException {
        refused("a.csv", OPEN, NOT_CLOSED);
        refused("a.tsv", OPEN.replace(',', '\t'), NOT_CLOSED);
        refused("a.csv.gz", gzip(OPEN), NOT_CLOSED);
        refused("a.csv.zst", Zstd.compress(utf8(OPEN)), NOT_CLOSED);
        refused(
                "a.csv",
                joined(new byte[] {(byte) 0xff, (byte) 0xfe}, OPEN.getBytes(StandardCharsets.UTF_16LE)),
                NOT_CLOSED);
        refused("a.csv", OPEN.replace("\n", "\r\n"), NOT_CLOSED);
        refused("a.csv", "id,\"a\n1,2\n", "the quote that opens in line 1 is never closed");
        refused("a.csv", "id,a,b\n1,2,3\n4,\"x,5\n6,7,8\n", NOT_CLOSED);
    }

    @Test
    void quotesThatAreClosedAreText() throws IOException {
        assertThat(rows("a.csv", "id,a\n1,\"x\"\"\"\n2,\"\"\"\"\n3,a\"b\n4,\"\ny\"\n"))
                .containsExactly(
                        "{\"id\":1,\"a\":\"x\\\"\"}",
                        "{\"id\":2,\"a\":\"\\\"\"}",
                        "{\"id\":3,\"a\":\"a\\\"b\"}",
                        "{\"id\":4,\"a\":\"\\ny\"}");
    }

    @Test
    void packedFilesAreReadWholeOrRefused() throws IOException {
        byte[] one = gzip("id\n1\n");
        byte[] two = gzip("2\n");
        assertThat(new Folder(temp).with("a.csv.gz", joined(one, two)).table().rows())
                .hasSize(2);
        refused("a.csv.gz", joined(one, altered(two, 0)), "damaged, or something else follows it");
        refused("a.csv.gz", joined(one, altered(two, two.length - 6)), "damaged");
        refused("a.csv.gz", joined(one, utf8("trailing")), "something else follows it");
        refused("a.csv.gz", joined(one, new byte[8]), "something else follows it");
        refused("a.csv.gz", joined(one, without(two, 3)), "cut off");
        refused("a.json.gz", without(gzip(GOOD), 9), "cut off");
        refused("a.csv.gz", "id\n1\n", "its bytes are not");
        byte[] frame = Zstd.compress(utf8("id\n1\n"));
        byte[] next = Zstd.compress(utf8("2\n"));
        assertThat(new Folder(temp)
                        .with("a.csv.zst", joined(frame, next))
                        .table()
                        .rows())
                .hasSize(2);
        refused("a.csv.zst", joined(frame, without(next, 2)), "cut off");
        refused("a.csv.zst", joined(frame, utf8("something else")), "something else follows it");
    }

    @Test
    void textThatIsNoTextIsRefused() throws IOException {
        for (String name : List.of("a.json", "a.ndjson")) {
            refused(name, "{\"id\":\"\\ud800\"}", "half of a surrogate pair");
            refused(name, "{\"id\":1,\"v\":\"\\udc00\\ud800\"}", "half of a surrogate pair");
            refused(name, "{\"id\":1,\"v\":[{\"x\":\"\\ud801\"}]}", "half of a surrogate pair");
            refused(name, "{\"id\":1,\"\\ud801\":2}", "half of a surrogate pair");
            for (int[] bytes : new int[][] {
                {0xc0, 0xaf}, {0xf4, 0xbf, 0xbf, 0xbf}, {0xed, 0xa0, 0x80}, {0xe0, 0x80, 0x80}, {0xff}, {0x80}
            }) {
                byte[] text = new byte[bytes.length];
                for (int i = 0; i < bytes.length; i++) {
                    text[i] = (byte) bytes[i];
                }
                refused(name, joined(utf8("{\"id\":1,\"v\":\""), text, utf8("\"}")), "the bytes at 1");
            }
            refused(name, joined(utf8("{\"id\":1}\n"), new byte[] {(byte) 0xe2, (byte) 0x82}), "not valid UTF-8");
        }
        refused("a.csv", joined(utf8("id\n1\n"), new byte[] {(byte) 0xc0, (byte) 0xaf}), "not valid");
        assertThat(rows("a.json", "{\"id\":\"\\ud83d\\ude00\"}")).containsExactly("{\"id\":\"😀\"}");
        assertThat(rows("a.json", "{\"id\":\"ß\ufffd😀\"}")).containsExactly("{\"id\":\"ß\ufffd😀\"}");
    }

    @Test
    void copiesOfWritesAreListedAndBringNoRows() throws IOException {
        String line = "{\"op\":\"upsert\",\"id\":\"7\",\"seq\":\"1763812345678-0\",\"payload\":{\"id\":7}}\n";
        for (String name : List.of(
                "o-18@1763812345678-0 (1).json",
                "o-18@1763812345678-0 (Ada's conflicted copy 2026-01-02).json",
                "o-18@1763812345678-0.sync-conflict-20260102-101112-ABCDEFG.json",
                "o-18@1763812345678-0-DESKTOP-AB12CD3.json",
                "o-18@1763812345678-0 copy 2.json",
                "o-18@1763812345678-0 (1).deleted",
                "O-18@1763812345678-0.json",
                "o-18@9999999999999999-0.json",
                "ops@1763812345678-0.0123456789abcdef (1).ndjson")) {
            Table table = with(name, utf8("{\"id\":\"o-18\",\"op\":1,\"seq\":2}"));
            assertThat(table.refused()).as(name).extracting(RefusedFile::kind).containsExactly(Kind.COPY);
            assertThat(table.rows()).containsExactly(GOOD);
        }
        for (String name : List.of("backup.ndjson", "backup.json", "backup.jsonl")) {
            Table table = with(name, utf8(line + line));
            assertThat(table.refused()).as(name).extracting(RefusedFile::kind).containsExactly(Kind.COPY);
            assertThat(table.schema().columns()).hasSize(1);
        }
        assertThat(rows("log.ndjson", "{\"op\":\"upsert\",\"id\":\"7\",\"what\":1}"))
                .hasSize(1);
        assertThat(rows("mail@2024-01.json", "{\"id\":1}")).hasSize(1);
    }

    @Test
    void aCopyOfAPlainFileIsAWarningAndItsRowsStay() throws IOException {
        for (String name : List.of(
                "a (1).csv",
                "a (Ada's conflicted copy 2026-01-02).csv",
                "a.sync-conflict-20260102-101112-ABCDEFG.csv",
                "a-DESKTOP-AB12CD3.csv",
                "a - Copy.csv",
                "a copy.csv")) {
            Folder folder = new Folder(temp).with("a.csv", "id\n1\n").with(name, "id\n1\n");
            assertThat(folder.table().rows()).hasSize(2);
            assertThat(folder.table().refused()).hasSize(1);
            assertThat(folder.table().refused().get(0).kind()).isEqualTo(Kind.WARNING);
            assertThat(folder.table().refused().get(0).file()).isEqualTo(name);
            assertThat(folder.table().refused().get(0).reason()).contains("a copy of a.csv");
        }
        assertThat(rows("a (1).csv", "id\n1\n")).hasSize(1);
    }

    @Test
    void aWriteFromTheFutureConcernsItsRowAndIsListed() throws IOException {
        Table table = new Folder(temp)
                .with("good.json", GOOD)
                .with("o-1@9999999999999-0.json", "{\"id\":\"o-1\",\"v\":1}")
                .with("o-1@1763812345678-0.json", "{\"id\":\"o-1\",\"v\":2}")
                .with("o-2@1763812345678-0.json", "{\"id\":\"o-2\",\"v\":3}")
                .table();
        assertThat(table.rows())
                .containsExactly(
                        "{\"id\":\"good\",\"v\":null}", "{\"id\":\"o-1\",\"v\":1}", "{\"id\":\"o-2\",\"v\":3}");
        assertThat(table.refused()).hasSize(1);
        assertThat(table.refused().get(0).kind()).isEqualTo(Kind.WARNING);
        assertThat(table.refused().get(0).reason()).contains("in the future");
    }

    @Test
    void warningsAreTheSameForARefresherThatTakesOver() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("taken"));
        for (String name : List.of("a.csv", "a (1).csv", "o-1@9999999999999-0.json")) {
            Files.writeString(folder.resolve(name), name.endsWith("csv") ? "id\n1\n" : "{\"id\":\"o-1\"}");
        }
        try (Refresher refresher = new Refresher(folder)) {
            refresher.update();
            List<RefusedFile> before = Table.of(refresher).refused();
            assertThat(before).hasSize(2);
            refresher.replace();
            Files.writeString(folder.resolve("b.csv"), "id\n2\n");
            refresher.update();
            assertThat(Table.of(refresher).refused()).isEqualTo(before);
        }
    }

    @Test
    void aHeaderAloneGivesItsColumns() throws IOException {
        Table table = new Folder(temp).with("a.csv", "id,foo\n").table();
        assertThat(table.type("id")).isEqualTo("VARCHAR");
        assertThat(table.type("foo")).isEqualTo("VARCHAR");
        assertThat(table.rows()).isEmpty();
        assertThat(new Folder(temp)
                        .with("a.csv", "id,foo\n")
                        .with("b.json", "{\"id\":1}")
                        .table()
                        .rows())
                .containsExactly("{\"id\":1,\"foo\":null}");
    }

    @Test
    void anEmptyLineIsANullWhereThereIsOneColumn() throws IOException {
        assertThat(rows("a.csv", "v\r\na\r\n\r\nc\r\n"))
                .containsExactly("{\"v\":\"a\"}", "{\"v\":\"c\"}", "{\"v\":null}");
        assertThat(rows("a.csv", "v\n\na\n\n")).containsExactly("{\"v\":\"a\"}", "{\"v\":null}", "{\"v\":null}");
        assertThat(rows("a.csv", "v\n\"\"\n\n")).containsExactly("{\"v\":\"\"}", "{\"v\":null}");
        assertThat(rows("a.csv", "id,v\n\n1,a\n\n")).containsExactly("{\"id\":1,\"v\":\"a\"}");
        assertThat(rows("a.csv", "\n\n\n")).isEmpty();
    }

    @Test
    void bytesOfAnotherKindAreToldByTheirKind() throws IOException {
        refused("a.csv", gzip("id\n1\n"), "its bytes are gzip: name it .gz");
        refused("a.json", gzip(GOOD), "its bytes are gzip");
        byte[] parquet = TypedFileSamples.parquet(temp, "SELECT 1 AS id");
        refused("a.csv", parquet, "its bytes are a Parquet file: name it .parquet");
        refused("a.arrow", parquet, "its bytes are a Parquet file");
        refused("a.parquet", gzip("x"), "its bytes are gzip");
        refused("a.csv", "PK\u0003\u0004whatever", "a zip archive or a workbook");
        refused("a.csv", "id,v\n1,2\n".getBytes(StandardCharsets.UTF_16LE), "UTF-16 without a byte order mark");
        refused("a.csv", "id,v\n1,2\n".getBytes(StandardCharsets.UTF_16BE), "encoding = UTF-16BE");
    }

    @Test
    void jsonIsComplainedAboutInWordsAboutTheText() throws IOException {
        refused(
                "a.json",
                "{\"id\":007}",
                "a number begins with 0: take the zero away, or write a text in quotes (line 1, column 8)");
        refused("a.json", "{\"id\":1} // x", "JSON has no comments");
        refused("a.json", "[{\"id\":1}", "line 1");
        refused("a.json", "[1]", "row 1 is not a JSON object but starts with a number in line 1");
    }

    @Test
    void whatNoReaderCouldLoadIsRefused() throws IOException {
        refused("a.json", "{\"id\":2,\"x\\u0000y\":6}", "NUL");
        refused("a.json", "{\"id\":2,\"x\":{\"a\\u0000\":6}}", "NUL");
        refused("a.json", "{\"id\":2,\"x\":[{\"a\\u0000\":6}]}", "NUL");
        refused("a.csv", "id,x\0y\n1,2\n", "NUL");
        refused("a.json", "{\"id\":2,\"" + "n".repeat(1001) + "\":6}", "longer than the 1000 characters");
        refused("a.json", "{\"id\":2,\"x\":{\"" + "n".repeat(1001) + "\":6}}", "longer than the 1000 characters");
        assertThat(rows("a.json", "{\"id\":2,\"" + "n".repeat(1000) + "\":6}")).hasSize(1);
        for (String[] ends : new String[][] {{"[", "]"}, {"{\"x\":", "}"}}) {
            String loadable = ends[0].repeat(63) + 1 + ends[1].repeat(63);
            assertThat(rows("a.json", "{\"id\":2,\"v\":" + loadable + "}")).hasSize(1);
            refused("a.json", "{\"id\":2,\"v\":" + ends[0] + loadable + ends[1] + "}", "more than 63 levels deep");
        }
        StringBuilder columns = new StringBuilder("{\"id\":1");
        for (int i = 0; i < 10_000; i++) {
            columns.append(",\"c").append(i).append("\":1");
        }
        refused("a.json", columns.append('}').toString(), "10001 columns");
    }

    @Test
    void namesThatDifferInUnicodeNormalFormAreTwoColumns() throws IOException {
        assertThat(rows("a.json", "{\"id\":1,\"é\":2,\"e\u0301\":3}"))
                .containsExactly("{\"id\":1,\"é\":2,\"e\u0301\":3}");
    }
}
