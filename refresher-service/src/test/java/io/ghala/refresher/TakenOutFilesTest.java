package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no query-service could load although it was published is taken out, and its neighbours stay. */
class TakenOutFilesTest {
    @TempDir
    Path temp;

    private static void report(Refresher refresher, SnapshotVersion version) {
        refresher.unloadable.report(
                new TableName("t"), new Unloadable(version, "it is too odd", List.of("b.csv", "nosuch.csv")));
    }

    @Test
    void aReportedFileIsRefusedUntilItIsAnotherFile() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("t"));
        Files.writeString(folder.resolve("a.csv"), "id,v\n1,x\n");
        Files.writeString(folder.resolve("b.csv"), "id,w\n2,y\n");
        try (Refresher refresher = new Refresher(folder, new PlanParts(), Map.of("CHANGE_DETECTION", "stat"))) {
            refresher.update();
            Table both = Table.of(refresher);
            assertThat(both.rows()).hasSize(2);
            report(refresher, new SnapshotVersion(987_654));
            refresher.update();
            assertThat(Table.of(refresher))
                    .as("a version that is not the published one")
                    .isEqualTo(both);

            report(refresher, refresher.manifest().version());
            refresher.update();
            Table without = Table.of(refresher);
            assertThat(without.rows()).hasSize(1);
            assertThat(without.schema().column("w")).isEmpty();
            assertThat(without.refused()).singleElement().satisfies(file -> {
                assertThat(file.file()).isEqualTo("b.csv");
                assertThat(file.reason()).contains("it is too odd", "change the file");
            });
            refresher.update();
            assertThat(Table.of(refresher)).isEqualTo(without);

            Files.writeString(folder.resolve("b.csv"), "id,w\n2,yes\n");
            refresher.update();
            assertThat(Table.of(refresher).rows()).hasSize(2);
            assertThat(Table.of(refresher).refused()).isEmpty();
        }
    }
}
