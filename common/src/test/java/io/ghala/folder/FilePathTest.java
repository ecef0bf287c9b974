package io.ghala.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilePathTest {
    @Test
    void aFileHasANameAndFoldersAboveIt() {
        FilePath deep = new FilePath("year=2026/eu/o-17.json");
        assertThat(deep.name()).isEqualTo("o-17.json");
        assertThat(deep.folders()).containsExactly("year=2026", "eu");
        assertThat(deep.sibling("x.csv")).hasToString("year=2026/eu/x.csv");
        FilePath flat = new FilePath("o.csv");
        assertThat(flat.name()).isEqualTo("o.csv");
        assertThat(flat.folders()).isEmpty();
        assertThat(flat.sibling("x.csv")).hasToString("x.csv");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a.csv", "a/"})
    void whatIsNoPathOfAFileIsRefused(String text) {
        assertThatThrownBy(() -> new FilePath(text)).hasMessageContaining("no path of a file");
    }
}
