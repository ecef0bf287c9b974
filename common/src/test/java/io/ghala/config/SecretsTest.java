package io.ghala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No complaint about settings quotes a password or a token. */
class SecretsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cret@local host:6379",
                "redis://me:s3cret@h h",
                "redis://me:s3/cret@h h",
                "rediss+x://:s3cret@h",
                "redis://:s3cret@[::1",
                "redis://:s3c%ret@127.0.0.1:1",
                "s3cret@h",
                "me:s3cret@h",
                "redis://:s3cret@127.0.0.1:1/x"
            })
    void aUrlIsShownWithoutIt(String url) {
        assertThatThrownBy(() -> ConfigLoader.of(Map.of("REDIS_URL", url)).load(0))
                .isInstanceOf(InvalidConfigurationException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace("s3c%ret", "s3cret"))
                        .doesNotContain("s3cret")
                        .doesNotContain("s3/cret")
                        .contains("REDIS_URL"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghala.http.token = \"s3cret\n",
                "ghala { http { token = s3cret ] } }",
                "ghala { http { token = \"a\" } \"s3cret\" }",
                "ghala { http { token = ${s3cret} } }",
                "ghala { http { token = s3cret$x } }",
                "ghala.http.token = s3cret\n}",
                "ghala { redis { url = \"redis://:s3cret@h h\" } }",
                "ghala { http { token : : s3cret } }"
            })
    void aSettingsFileIsNotQuoted(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("ghala.conf"), text);
        assertThatThrownBy(() ->
                        ConfigLoader.of(Map.of("GHALA_CONFIG", file.toString())).load(0))
                .isInstanceOf(InvalidConfigurationException.class)
                .satisfies(
                        e -> assertThat(e.getMessage()).doesNotContain("s3cret").contains("ghala.conf: "));
    }
}
