package io.ghala.refresher.read.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.folder.DataName.Format;
import io.ghala.refresher.rows.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopiedOpsTest {
    private static final String WRITE =
            "{\"op\":\"upsert\",\"id\":\"1\",\"seq\":\"1763812345678-0\",\"payload\":{\"v\":1}}\n";

    private static InputStream open(String text, Format format) throws IOException {
        return CopiedOps.requireNone(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), format);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o-18@1763812345678-0 (1).json", "a@1763812345678-0.sync-conflict-20260101.json"})
    void aNameThatIsLikeThatOfAWriteIsACopy(String name) {
        assertThatThrownBy(() -> CopiedOps.requireNone(name))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("copy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "mail@example.org.json", "a@1763812345678-0.json", "@.csv"})
    void otherNamesAreNone(String name) {
        assertThatCode(() -> CopiedOps.requireNone(name)).doesNotThrowAnyException();
    }

    @Test
    void aBatchUnderAnotherNameIsFoundByItsFirstLine() {
        assertThatThrownBy(() -> open(WRITE, Format.NDJSON))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("first line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"op\":\"",
                "{\"op\":\"upsert\",\"v\":1}\n",
                "{\"op\":\"buy\",\"id\":\"1\",\"seq\":\"1763812345678-0\"}\n",
                "{\"id\":\"1\",\"op\":\"upsert\",\"seq\":\"1763812345678-0\",\"payload\":{}}\n"
            })
    void rowsThatHaveAColumnOpAreRowsAndReadFromTheirBeginning(String text) throws IOException {
        try (InputStream in = open(text, Format.NDJSON)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
        }
    }

    @Test
    void onlyJsonIsLookedInto() throws IOException {
        try (InputStream in = open(WRITE, Format.CSV)) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(WRITE);
        }
    }
}
