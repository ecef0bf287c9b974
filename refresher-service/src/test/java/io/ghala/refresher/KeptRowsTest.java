package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.refresher.parts.PlanParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was readable before keeps its last good rows, also when everything is built from nothing. */
class KeptRowsTest {
    private static final Map<String, String> STAT = Map.of("CHANGE_DETECTION", "stat");

    @TempDir
    Path temp;

    private Path folder() throws IOException {
        return Files.createDirectory(temp.resolve("t"));
    }

    private long keptFiles() throws IOException {
        Path kept = temp.resolve(".ghala/keep/t");
        if (!Files.isDirectory(kept)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(kept)) {
            return files.count();
        }
    }

    @Test
    void aFileThatBreaksShowsItsLastGoodRowsUntilItIsMended() throws IOException {
        Path folder = folder();
        Path file = folder.resolve("a.csv");
        Files.writeString(folder.resolve("b.json"), "{\"id\":\"z\",\"v\":2.5,\"n\":{\"k\":[1]}}");
        Files.writeString(file, "id,v,d\n01,1,2024-01-01\n2,,x\n");
        Files.writeString(folder.resolve("2@1763812345678-0.json"), "{\"v\":9}");
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 4), STAT)) {
            refresher.update();
            Table before = Table.of(refresher);
            Files.writeString(file, "id,v,d\n01,1\n");
            refresher.update();
            Table broken = Table.of(refresher);
            assertThat(broken.rows()).isEqualTo(before.rows());
            assertThat(broken.schema()).isEqualTo(before.schema());
            assertThat(broken.rootHash()).isEqualTo(before.rootHash());
            assertThat(broken.refused().get(0).file()).isEqualTo("a.csv");
            assertThat(broken.refused().get(0).reason()).contains("line 2", "as they were before");
            assertThat(Table.cold(folder)).isEqualTo(broken);
            refresher.replace();
            refresher.update();
            assertThat(Table.of(refresher)).isEqualTo(broken);
            assertThat(keptFiles()).isEqualTo(1);

            Files.writeString(file, "id,v,d\n01,77,2024-01-02\n");
            refresher.update();
            Table mended = Table.of(refresher);
            assertThat(mended.refused()).isEmpty();
            assertThat(mended).isEqualTo(Table.cold(folder));
            assertThat(mended.rows()).anyMatch(row -> row.contains("77"));
            assertThat(keptFiles()).isZero();
        }
    }

    @Test
    void anotherProcessKeepsTheRowsOfAFileThatLiesInSeveralParts() throws IOException {
        Path folder = folder();
        Path file = folder.resolve("a.csv");
        StringBuilder rows = new StringBuilder("id,v\n");
        for (int i = 0; i < 20; i++) {
            rows.append(i).append(",v").append(i).append('\n');
        }
        Files.writeString(file, rows);
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 4), STAT)) {
            refresher.update();
            assertThat(refresher.manifest().parts()).hasSizeGreaterThan(1);
            Table before = Table.of(refresher);
            refresher.replace();
            refresher.update();
            Files.writeString(file, "id,v\n1\n");
            refresher.update();
            assertThat(Table.of(refresher).refused()).hasSize(1);
            assertThat(Table.of(refresher).rows()).isEqualTo(before.rows());
        }
    }

    @Test
    void keptRowsGoWithTheirFile() throws IOException {
        Path folder = folder();
        Path file = folder.resolve("a.json");
        Files.writeString(file, "{\"id\":1}");
        try (Refresher refresher = new Refresher(folder, new PlanParts(), STAT)) {
            refresher.update();
            Files.writeString(file, "{\"id\":");
            refresher.update();
            assertThat(Table.of(refresher).rows()).containsExactly("{\"id\":1}");
            assertThat(keptFiles()).isEqualTo(1);
            Files.delete(file);
            refresher.update();
            assertThat(Table.of(refresher).rows()).isEmpty();
            assertThat(keptFiles()).isZero();
        }
    }

    @Test
    void aWriteOverAKeptRowFindsItByTheTextOfItsId() throws IOException {
        Path folder = folder();
        Path file = folder.resolve("a.json");
        Files.writeString(file, "[{\"id\":1.0,\"v\":1},{\"id\":\"x\",\"v\":2}]");
        try (Refresher refresher = new Refresher(folder, new PlanParts(), STAT)) {
            refresher.update();
            Files.writeString(file, "[");
            refresher.update();
            Files.writeString(folder.resolve("1@1763812345678-0.deleted"), "");
            refresher.update();
            assertThat(Table.of(refresher).rows()).containsExactly("{\"id\":\"x\",\"v\":2}");
            assertThat(Table.cold(folder)).isEqualTo(Table.of(refresher));
        }
    }
}
