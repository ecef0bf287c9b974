package io.ghala.refresher.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspectFilesTest {
    private static final long NOW = 1_763_812_345_678L;

    @Test
    void aConflictCopyIsToldWhileItsOriginalIsThere() {
        SuspectFiles files = new SuspectFiles();
        files.consider("eu/a (1).csv", NOW);
        assertThat(files.warnings("eu/a.csv"::equals)).containsOnlyKeys("eu/a (1).csv");
        assertThat(files.warnings("a.csv"::equals)).isEmpty();
        files.forget("eu/a (1).csv");
        assertThat(files.warnings(file -> true)).isEmpty();
    }

    @Test
    void aWriteOfTomorrowIsToldAndOneOfTodayIsNot() {
        SuspectFiles files = new SuspectFiles();
        long dayMs = 24 * 60 * 60 * 1000;
        files.consider("a@" + (NOW + dayMs) + "-0.json", NOW);
        assertThat(files.warnings(file -> true)).isEmpty();
        files.consider("a@" + (NOW + dayMs + 1) + "-0.json", NOW);
        assertThat(files.warnings(file -> false).values())
                .singleElement()
                .satisfies(warning -> assertThat(warning.reason()).contains("in the future"));
    }
}
