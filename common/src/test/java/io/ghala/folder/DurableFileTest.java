package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasThereIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = folder.resolve("a.txt");
        DurableFile.replace(file, out -> out.write("one".getBytes(StandardCharsets.UTF_8)));
        DurableFile.replace(file, out -> out.write("two".getBytes(StandardCharsets.UTF_8)));
        assertThat(file).hasContent("two");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aContentThatBreaksOffLeavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "before");
        assertThatThrownBy(() -> DurableFile.replace(file, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("broke off");
                }))
                .hasMessage("broke off");
        assertThat(file).hasContent("before");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void theFolderIsMade() throws IOException {
        Path file = folder.resolve("x/y/a.txt");
        DurableFile.replace(file, out -> out.write('1'));
        assertThat(file).hasContent("1");
    }

    @Test
    void aNewFileIsWholeWhenTheCheckBeforeItsSyncIsMadeAndNeverTakesTheNameOfAnother() throws IOException {
        Path file = folder.resolve("a.txt");
        List<Long> sizes = new ArrayList<>();
        DurableFile.create(file, out -> out.write(new byte[20_000]), () -> sizes.add(Files.size(file)));
        assertThat(sizes).containsExactly(20_000L);
        assertThatThrownBy(() -> DurableFile.create(file, out -> out.write(1), () -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.size(file)).isEqualTo(20_000);
    }
}
