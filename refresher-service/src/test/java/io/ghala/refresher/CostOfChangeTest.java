package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.refresher.parts.PlanParts;
import io.ghala.snapshot.Manifest;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one change costs, by counters: files read, bytes sent, parts touched. */
class CostOfChangeTest {
    private static final int FILES = 100_000;
    private static final String FILLER = "x".repeat(400);

    @TempDir
    Path temp;

    private static void lines(Path file, int from, int to) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int i = from; i < to; i++) {
                out.write("{\"id\":" + i + ",\"v\":\"" + FILLER + i + "\"}\n");
            }
        }
    }

    private static Set<String> blobKeys(Manifest manifest) {
        Set<String> keys = new HashSet<>();
        manifest.allBlobs().forEach(blob -> keys.add(blob.key()));
        return keys;
    }

    @Test
    void oneNewFileAmongAHundredThousandReadsOneFile() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(folder.resolve("f" + i + ".json"), "{\"id\":" + i + "}");
        }
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 64), Map.of())) {
            refresher.update();
            assertThat(refresher.count("ghala.refresher.files_read")).isEqualTo(FILES);
            Files.writeString(folder.resolve("g.json"), "{\"id\":-1}");
            refresher.update();
            assertThat(refresher.count("ghala.refresher.files_read")).isEqualTo(FILES + 1);
            assertThat(refresher.manifest().rows()).isEqualTo(FILES + 1);
            refresher.replace();
            Files.writeString(folder.resolve("h.json"), "{\"id\":-2}");
            refresher.update();
            assertThat(refresher.count("ghala.refresher.files_read"))
                    .as("a refresher that takes over reads what is new")
                    .isEqualTo(FILES + 2);
        }
    }

    @Test
    void theBytesOfOneChangeDoNotGrowWithTheTable() throws IOException {
        long small = bytesOfOneChange(10_000);
        long large = bytesOfOneChange(100_000);
        assertThat(small).isPositive().isLessThan(10_000);
        assertThat(large).isBetween(small / 2, small * 2);
    }

    private long bytesOfOneChange(int rows) throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t" + rows));
        lines(folder.resolve("all.ndjson"), 0, rows);
        try (Refresher refresher = new Refresher(folder)) {
            refresher.update();
            Set<String> before = blobKeys(refresher.manifest());
            refresher.snapshots.takeStagedBytes();
            // A plain row, a write over an old row and a delete of one.
            Files.writeString(folder.resolve("new.json"), "{\"id\":-1,\"v\":\"new\"}");
            Files.writeString(folder.resolve("7@1763812345678-0.json"), "{\"v\":\"seven\"}");
            Files.writeString(folder.resolve("8@1763812345678-1.deleted"), "");
            refresher.update();
            assertThat(refresher.manifest().rows()).isEqualTo(rows);
            Set<String> after = blobKeys(refresher.manifest());
            assertThat(after).as("no blob of the table is replaced").containsAll(before);
            return refresher.snapshots.takeStagedBytes();
        }
    }

    @Test
    void aLargeTableHasAboutSixtyFourLargePartsAndFewSmallOnes() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        lines(folder.resolve("all.ndjson"), 0, 20_000);
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 16), Map.of())) {
            refresher.update();
            assertThat(refresher.manifest().parts()).hasSizeBetween(60, 68);
            for (int i = 0; i < 200; i++) {
                Files.writeString(folder.resolve("n" + i + ".json"), "{\"id\":" + -i + "}");
                refresher.update();
                assertThat(refresher.manifest().parts()).hasSizeLessThan(64 + 24);
            }
            // 200 rows that came one at a time were moved a logarithmic number of times each.
            assertThat(refresher.count("ghala.refresher.rows_built")).isLessThan(20_000 + 200 * 12);
        }
    }

    @Test
    void aPartWithMoreHiddenThanVisibleRowsIsBuiltAnew() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        for (int i = 0; i < 10; i++) {
            lines(folder.resolve("f" + i + ".ndjson"), 1000 * i, 1000 * i + 1000);
        }
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 100_000), Map.of())) {
            refresher.update();
            long bytes = refresher.manifest().bytes();
            for (int i = 0; i < 9; i++) {
                Files.delete(folder.resolve("f" + i + ".ndjson"));
                refresher.update();
                assertThat(refresher.manifest().parts().stream()
                                .mapToLong(part -> part.rows() - part.visibleRows())
                                .sum())
                        .isLessThanOrEqualTo(refresher.manifest().rows());
            }
            assertThat(refresher.manifest().bytes()).isLessThan(bytes / 3);
            assertThat(Table.of(refresher)).isEqualTo(Table.cold(folder));
        }
    }

    @Test
    void underStatExactlyTheChangedFilesAreReadAgain() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        for (String name : List.of("a.json", "b.json", "c.json")) {
            Files.writeString(folder.resolve(name), "{\"id\":\"" + name + "\",\"v\":1}");
        }
        try (Refresher refresher = new Refresher(folder, new PlanParts(), Map.of("CHANGE_DETECTION", "stat"))) {
            refresher.update();
            Files.writeString(folder.resolve("b.json"), "{\"id\":\"b.json\",\"v\":22}");
            refresher.update();
            assertThat(refresher.count("ghala.refresher.files_read")).isEqualTo(4);
            assertThat(Table.of(refresher).rows()).contains("{\"id\":\"b.json\",\"v\":22}");
        }
    }

    @Test
    void aFolderThatGoesWhileItIsEmptyIsNoticed() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        try (Refresher refresher = new Refresher(folder)) {
            refresher.update();
            refresher.update();
            Files.delete(folder);
            assertThatThrownBy(refresher::update).isInstanceOf(NoSuchFileException.class);
        }
    }
}
