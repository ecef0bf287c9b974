package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the refresher notices of the end of a process that reads for it: nothing. */
class ReaderProcessTest {
    @TempDir
    Path temp;

    /** The only java processes that this one starts. */
    private static List<ProcessHandle> readers() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info()
                        .command()
                        .filter(line -> line.endsWith("java"))
                        .isPresent())
                .toList();
    }

    @Test
    void aFileIsReadThoughTheReadingProcessWasKilled() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("killed"));
        try (Refresher refresher = Table.files(folder)) {
            for (int i = 0; i < 3; i++) {
                Files.write(folder.resolve(i + ".parquet"), TypedFileSamples.parquet(temp, "SELECT " + i + " AS id"));
                refresher.update();
                assertThat(Table.of(refresher).rows()).hasSize(i + 1);
                assertThat(Table.of(refresher).refused()).isEmpty();
                assertThat(readers()).isNotEmpty();
                for (ProcessHandle reader : readers()) {
                    reader.destroyForcibly();
                    reader.onExit().get(1, TimeUnit.MINUTES);
                }
            }
        }
    }
}
