package io.ghala.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFolderTest {
    @TempDir
    Path root;

    @Test
    void aSecondOneIsToldWhichProcessServesTheFolder() throws IOException {
        try (ServedFolder first = ServedFolder.take(root)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> ServedFolder.take(root))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(root.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        ServedFolder.take(root).close();
    }

    @Test
    void whatACrashLeavesBehindHoldsNobodyUp() throws IOException {
        Files.createDirectories(root.resolve(".ghala"));
        Files.writeString(root.resolve(".ghala/up.lock"), "12345");
        ServedFolder.take(root).close();
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() {
        Path mistyped = root.resolve("nosuch");
        assertThatThrownBy(() -> ServedFolder.take(mistyped)).hasMessageContaining("correct DB_ROOT");
        assertThat(mistyped).doesNotExist();
    }
}
