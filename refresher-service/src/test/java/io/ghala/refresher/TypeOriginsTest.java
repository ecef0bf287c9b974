package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.refresher.parts.PlanParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People are told which file or write made a column the type that it is. */
class TypeOriginsTest {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(temp.resolve("t"));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> origins(Refresher refresher) throws IOException {
        refresher.update();
        return refresher.manifest().basis().origins();
    }

    @Test
    void theFileThatAsksForTheTypeIsNamedNotItsNeighbours() throws IOException {
        file("a.csv", "id,n,t\n1,1,x\n");
        file("b.csv", "id,n\n2,2.5\n");
        file("c.csv", "id,n\n3,3\n");
        try (Refresher refresher = new Refresher(folder)) {
            assertThat(origins(refresher)).isEqualTo(Map.of("id", "a.csv", "n", "b.csv", "t", "a.csv"));
            file("d.csv", "id,n\n4,soon\n");
            assertThat(origins(refresher)).containsEntry("n", "d.csv");
            file("5@1763812345678-0.json", "{\"t\":{\"k\":1}}");
            assertThat(origins(refresher)).containsEntry("t", "5@1763812345678-0.json");
            Files.delete(folder.resolve("d.csv"));
            Files.delete(folder.resolve("5@1763812345678-0.json"));
            assertThat(origins(refresher)).isEqualTo(Map.of("id", "a.csv", "n", "b.csv", "t", "a.csv"));
        }
    }

    @Test
    void whereOnlySeveralDoItTogetherTheRarestIsNamed() throws IOException {
        for (int i = 0; i < 5; i++) {
            file("n" + i + ".csv", "id,n\n" + i + ",1\n");
        }
        file("odd.csv", "id,n\n9,true\n");
        try (Refresher refresher = new Refresher(folder)) {
            assertThat(origins(refresher)).containsEntry("n", "odd.csv");
        }
    }

    @Test
    void anotherFileIsNamedWhenTheFirstHasGoneAndTheTypeStays() throws IOException {
        file("a.csv", "id,n\n1,x\n");
        file("b.csv", "id,n\n2,y\n");
        try (Refresher refresher = new Refresher(folder, new PlanParts(0, 4), Map.of())) {
            assertThat(origins(refresher)).containsEntry("n", "a.csv");
            Files.delete(folder.resolve("a.csv"));
            assertThat(origins(refresher)).containsEntry("n", "b.csv");
            refresher.replace();
            assertThat(origins(refresher)).containsEntry("n", "b.csv");
        }
    }
}
