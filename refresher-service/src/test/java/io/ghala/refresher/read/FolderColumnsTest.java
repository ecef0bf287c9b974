package io.ghala.refresher.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderColumnsTest {
    @Test
    void onlyFoldersOfTheFormKeyEqualsValueGiveColumns() {
        assertThat(FolderColumns.of("a=1.csv")).isEmpty();
        assertThat(FolderColumns.of("eu/a.csv")).isEmpty();
        assertThat(FolderColumns.of("=1/a.csv")).isEmpty();
        assertThat(FolderColumns.of("year=2026/eu/month=/b=1.csv")).isEqualTo(Map.of("year", "2026", "month", ""));
    }

    @Test
    void namesAndValuesArePercentDecodedAndAPlusIsAPlus() {
        assertThat(FolderColumns.of("a%20b=1%3D2+3/f.csv")).isEqualTo(Map.of("a b", "1=2+3"));
        assertThat(FolderColumns.of("discount=50%/f.csv")).isEqualTo(Map.of("discount", "50%"));
    }
}
