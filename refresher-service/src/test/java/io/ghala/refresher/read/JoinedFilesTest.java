package io.ghala.refresher.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.config.GhalaConfig.TypedReaderSettings;
import io.ghala.model.KeyColumn;
import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.refresher.settings.CsvDialect;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinedFilesTest {
    private static final List<String> COLUMNS = List.of("id", "a", "b", "folder");
    private static final List<String> CONTENTS = List.of(
            "{\"id\":1,\"a\":\"x\"}",
            "{\"a\":1.50,\"b\":[1,{\"c\":null}]}\n",
            " \r\n\t{\"b\":true}\n\n",
            "{\"ID\":7}{\"id\":8}",
            "{\"id\":9}\n{\"id\":10,\"a\":\"2026-01-01\"}\n",
            "[{\"id\":1},{\"id\":2}]",
            "[{\"id\":1},",
            "{\"id\":2}]",
            "{\"id\":3",
            "}",
            ",\"a\":4}",
            "{\"id\":\"x",
            "\"}",
            "{\"id\":\"y\\",
            "{\"id\":1,\"Id\":2}",
            "{\"id\":1} 5",
            "5",
            "12",
            "{\"id\":1}]",
            "{\"id\":01}",
            "nul",
            "l",
            "",
            " \n ",
            "\uFEFF{\"id\":\"bom\"}",
            "{\"\":1,\"_file\":2}",
            "{\"a\":{\"b\":{\"a\":[]}}}",
            "{\"id\":null}",
            "{\"id\":\"\uD83D\uDE00\u00fc\"}",
            "{\"id\":\"a\\n\\u00e9\\uD83D\\uDE00\\/\\\"\\\\\"}",
            "{\"id\":\"\\uD83D\"}",
            "{\"id\":\"\\uDE00x\"}",
            "{\"id\":\"\\u00g0\"}",
            "{\"id\":\"\\x\"}",
            "{\"id\":\"a\nb\"}",
            "{\"i\\u0064\":5}",
            "{\"a\": [ 1 , \"x\\ty\\u0001\" , { \"k\" : [ ] , \"l\" : { } } , null , true , false , -1.5e+3 ] }",
            "{\"a\":[1,]}",
            "{\"a\":{\"b\":1,}}",
            "{\"a\":[1 2]}",
            "{\"a\":{\"b\" 1}}",
            "{\"a\":[tru]}",
            "{\"a\":{\"k\":1,\"k\":2},\"b\":{\"\":1}}",
            "{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"a\":" + "[".repeat(128) + "]".repeat(128) + "}",
            "{\"id\":-0,\"a\":-0.0,\"b\":0}",
            "{\"id\":1.,\"a\":1}",
            "{\"id\":1e5,\"a\":1E-7,\"b\":-}",
            "{\"id\":1e5,\"a\":1E-7,\"b\":123456789012345678901234567890}",
            "{\"id\":1e,\"a\":.5}",
            "{\"id\":truex}",
            "{\"id\":1,}",
            "{\"id\" : 1 , \"a\" : \"2026-02-29T10:00:00\" , \"b\" : \"2026-03-01 23:59:59\" }",
            "{\"a\":\"1600-01-01T00:00:00\",\"b\":\"2026-03-01T10:00:00Z\"}",
            "{\"a\":\"2026-03-01T24:00:00\",\"b\":\"2026-03-01\"}");

    @TempDir
    Path folder;

    private final TypedFiles typed =
            new TypedFiles(new TypedReaderSettings(1 << 28, Duration.ofSeconds(60), Duration.ofSeconds(60)));

    @AfterEach
    void endReaders() throws IOException {
        typed.close();
    }

    private TableFileReader reader() {
        CsvDialect csv = new CsvDialect(Optional.empty(), true, '"', StandardCharsets.UTF_8);
        TableSettings settings =
                new TableSettings(new KeyColumn("id"), Map.of(), csv, SchemaEvolution.UNION, Optional.empty());
        return new TableFileReader(folder, settings, new ReadLimits(1 << 20, 1 << 20, 1 << 20), typed);
    }

    private FoundFile file(String name, byte[] content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
        return new FoundFile(name, new FileStamp(content.length, 0));
    }

    /** What was read: evidence and write of each source, and its cells. */
    private static List<Object> told(List<SourceRows> sources) {
        List<Object> told = new ArrayList<>();
        for (SourceRows source : sources) {
            told.add(source.evidence());
            told.add(source.op());
            for (int row = source.firstRow(); row < source.firstRow() + source.rows(); row++) {
                told.add(cells(source.batch(), row));
            }
        }
        return told;
    }

    private static String cells(RowBatch batch, int row) {
        StringBuilder cells = new StringBuilder();
        for (String name : COLUMNS) {
            TokenColumn column = batch.column(name);
            cells.append('|').append(column == null ? TokenKind.ABSENT : column.kind(row));
            cells.append(column != null && column.present(row) ? column.text(row) : "");
        }
        return cells.toString();
    }

    private Map<String, List<Object>> alone(List<FoundFile> files) throws IOException {
        Map<String, List<Object>> outcomes = new TreeMap<>();
        for (FoundFile file : files) {
            try {
                outcomes.put(file.name(), told(reader().read(file.name())));
            } catch (UnreadableFileException e) {
                outcomes.put(file.name(), List.of("refused: " + e.getMessage()));
            }
        }
        return outcomes;
    }

    private Map<String, List<Object>> together(List<FoundFile> files) {
        Map<String, List<Object>> outcomes = new TreeMap<>();
        List<String> order = new ArrayList<>();
        reader().read(files, new FileSink() {
            @Override
            public void read(FoundFile file, List<SourceRows> rows) {
                order.add(file.name());
                outcomes.put(file.name(), told(rows));
            }

            @Override
            public void failed(FoundFile file, Exception problem) {
                String reason = problem instanceof UnreadableFileException ? problem.getMessage() : problem.toString();
                outcomes.put(file.name(), List.of("refused: " + reason));
            }
        });
        assertThat(order).isSorted();
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsInFilesThatItJoinsWhatItFindsInEachAlone(long seed) throws IOException {
        Random random = new Random(seed);
        List<FoundFile> files = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String content = CONTENTS.get(random.nextInt(CONTENTS.size()));
            String kind = List.of("json", "json", "json", "ndjson", "csv").get(random.nextInt(5));
            String in = random.nextInt(4) == 0 ? "folder=" + random.nextInt(3) + "/" : "";
            files.add(file(in + "f%03d.%s".formatted(i, kind), content.getBytes(StandardCharsets.UTF_8)));
        }
        files.add(file("utf16.json", "{\"id\":1}".getBytes(StandardCharsets.UTF_16LE)));
        files.add(file("bytes.json", new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xff, '"', '}'}));
        files.add(file("x@1763812345678-0.json", "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8)));
        files.sort(null);

        assertThat(together(files)).as("seed %d", seed).isEqualTo(alone(files));
    }

    @Test
    void readsTheWholeFileThoughItHasGrownSinceItWasFound() throws IOException {
        byte[] content = "{\"id\":1,\"a\":\"whole\"}".getBytes(StandardCharsets.UTF_8);
        FoundFile found = file("grown.json", content);
        FoundFile shorter = new FoundFile("grown.json", new FileStamp(5, 0));
        byte[] large = ("{\"id\":2,\"a\":\"" + "z".repeat(1 << 16) + "\"}").getBytes(StandardCharsets.UTF_8);
        file("large.json", large);
        FoundFile small = new FoundFile("large.json", new FileStamp(1, 0));

        assertThat(together(List.of(shorter, small)))
                .isEqualTo(alone(List.of(found, new FoundFile("large.json", new FileStamp(large.length, 0)))));
    }

    @Test
    void tellsOfAFileThatHasGone() throws IOException {
        FoundFile gone = file("gone.json", new byte[0]);
        FoundFile here = file("here.json", "{\"id\":1}".getBytes(StandardCharsets.UTF_8));
        Files.delete(folder.resolve("gone.json"));

        Map<String, List<Object>> outcomes = together(List.of(gone, here));

        assertThat(outcomes.toString()).contains("gone.json=[refused: " + NoSuchFileException.class.getName());
        assertThat(outcomes.get("here.json")).contains("|NUMBER1|ABSENT|ABSENT|ABSENT");
    }
}
