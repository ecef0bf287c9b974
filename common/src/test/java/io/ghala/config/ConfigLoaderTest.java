package io.ghala.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.KeyColumn;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    @Test
    void hasADefaultForEverySetting() {
        GhalaConfig config = ConfigLoader.of(Map.of()).load(8080);
        assertThat(config.refresher().scanInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.tables().includes(new TableName("anything"))).isTrue();
    }

    @Test
    void letsTheEnvironmentOverrideTheFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("ghala.conf"), "ghala { refresher.scan-interval-sec = 7, key-column = k }");
        GhalaConfig config = ConfigLoader.of(
                        Map.of("GHALA_CONFIG", file.toString(), "SCAN_INTERVAL_SEC", "0.5", "TABLE", "a, b"))
                .load(0);
        assertThat(config.refresher().scanInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.keyColumn()).isEqualTo(new KeyColumn("k"));
        assertThat(config.tables().names()).containsExactlyInAnyOrder(new TableName("a"), new TableName("b"));
    }

    @Test
    void namesEveryProblemAtOnce() {
        ConfigLoader loader = ConfigLoader.of(Map.of(
                "SCAN_INTERVAL_SEC",
                "soon",
                "SNAPSHOT_FORMAT",
                "xml",
                "REDIS_URL",
                "http://x",
                "HTTP_BIND",
                "0.0.0.0"));
        assertThatThrownBy(() -> loader.load(0))
                .isInstanceOfSatisfying(InvalidConfigurationException.class, e -> assertThat(e.problems())
                        .hasSize(4)
                        .anyMatch(problem -> problem.contains("SCAN_INTERVAL_SEC") && problem.contains("soon"))
                        .anyMatch(problem -> problem.contains("arrow, parquet, json"))
                        .anyMatch(problem -> problem.contains("HTTP_TOKEN")));
    }

    @Test
    void suggestsTheNearestKeyForAnUnknownOne(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ghala.conf"), "ghala.db-rot = x");
        assertThatThrownBy(() -> ConfigLoader.of(Map.of("GHALA_CONFIG", file.toString())))
                .hasMessageContaining("did you mean ghala.db-root");
    }

    @Test
    void showsNoSecrets() {
        List<String> shown = ConfigLoader.of(
                        Map.of("HTTP_TOKEN", "hunter2", "REDIS_URL", "redis://me:hunter3@localhost:1"))
                .chosen();
        assertThat(shown)
                .hasSize(2)
                .noneMatch(line -> line.contains("hunter"))
                .anyMatch(line -> line.contains("redis://me:***@localhost:1  (environment name REDIS_URL)"));
    }

    @Test
    void tellsWhatWasSetFromWhatWasNot(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ghala.conf"), "ghala.key-column = no");
        ConfigLoader loader = ConfigLoader.of(Map.of("GHALA_CONFIG", file.toString(), "DB_ROOT", "x"));
        assertThat(loader.chosen())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("ghala.key-column = no  ("))
                .anyMatch(line -> line.startsWith("ghala.db-root = x  ("));
        assertThat(loader.defaults())
                .hasSizeGreaterThan(40)
                .anyMatch(line -> line.startsWith("ghala.tables = *  (reference.conf"))
                .noneMatch(line -> line.startsWith("ghala.key-column"));
    }
}
