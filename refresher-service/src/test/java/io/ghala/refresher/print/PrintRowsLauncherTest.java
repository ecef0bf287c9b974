package io.ghala.refresher.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintRowsLauncherTest {
    @TempDir
    Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int print(String name, byte[] content) throws IOException {
        out.reset();
        err.reset();
        Path file = Files.write(root.resolve(name), content);
        return PrintRowsLauncher.run(
                new String[] {"orders", file.toString()},
                Map.of("DB_ROOT", root.toString()),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<String> rows(String name, byte[] content) throws IOException {
        assertThat(print(name, content))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> rows(String name, String text) throws IOException {
        return rows(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String refused(String name, String text) throws IOException {
        assertThat(print(name, text.getBytes(StandardCharsets.UTF_8))).isEqualTo(1);
        assertThat(out.size()).isZero();
        return err.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void cellsFollowTheRulesOfFilesAndTheKeyKeepsItsText() throws IOException {
        assertThat(rows("a.csv", "Id,n,f,b,s,e\n7,12,1.5e3,true,007,\n1.50,-1,0.10,no,\"a\"\"b\",\"\"\n"))
                .containsExactly(
                        "{\"Id\":7,\"n\":12,\"f\":1.5e3,\"b\":true,\"s\":\"007\",\"e\":null}",
                        "{\"Id\":\"1.50\",\"n\":-1,\"f\":0.10,\"b\":\"no\",\"s\":\"a\\\"b\",\"e\":\"\"}");
    }

    @Test
    void whatTheFolderTakesIsTaken() throws IOException {
        List<String> row = List.of("{\"id\":1,\"name\":\"é\"}");
        assertThat(rows("semicolons.csv", "id;name\n1;é\n")).isEqualTo(row);
        assertThat(rows("tabs.tsv", "id\tname\n1\té\n")).isEqualTo(row);
        assertThat(rows("wide.csv", "\ufeffid,name\n1,é\n".getBytes(Charset.forName("UTF-16LE"))))
                .isEqualTo(row);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("id,name\n1,é\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(rows("a.csv.gz", packed.toByteArray())).isEqualTo(row);
        assertThat(rows("a.ndjson.zst", Zstd.compress("{\"id\":1,\"name\":\"é\"}\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(row);
    }

    @Test
    void theSettingsOfTheTableCount() throws IOException {
        Files.createDirectories(root.resolve("orders"));
        Files.writeString(root.resolve("orders/_table.conf"), "key = nr, csv { delimiter = \"|\" }");
        assertThat(rows("a.csv", "nr|v\n1.50|2.50\n")).containsExactly("{\"nr\":\"1.50\",\"v\":2.50}");
    }

    @Test
    void whatTheFolderRefusesIsRefusedWithPlaceAndReason() throws IOException {
        assertThat(refused("a.csv", "id,a\n1,2\n3,\"x\n4,5\n6,7\n")).contains("line 3", "never closed");
        assertThat(refused("a.csv", "id,a\n5,1\n6\n")).contains("line 3");
        assertThat(refused("a.txt", "id\n1\n")).contains("no reader knows");
        assertThat(refused("a@1763812345678-0.json", "{}")).contains("file of a write");
        assertThat(PrintRowsLauncher.run(
                        new String[] {"orders", root.resolve("nosuch.csv").toString()},
                        Map.of("DB_ROOT", root.toString()),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8)))
                .isEqualTo(1);
    }
}
