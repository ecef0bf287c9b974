package io.ghala.refresher.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.model.KeyColumn;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsInForceTest {
    private static final TableName T = new TableName("orders");

    @TempDir
    Path root;

    private SettingsInForce read() throws IOException {
        GhalaConfig config = config();
        SettingsInForce settings = SettingsInForce.read(T, config);
        settings.keep(T, config);
        return settings;
    }

    private GhalaConfig config() {
        return ConfigLoader.of(Map.of("DB_ROOT", root.toString())).load(0);
    }

    private void conf(String text) throws IOException {
        Files.createDirectories(root.resolve("orders"));
        Files.writeString(root.resolve("orders").resolve("_table.conf"), text);
    }

    @Test
    void aSlipLeavesTheFormerSettingsInForceAlsoForWhoeverBeginsFromNothing() throws IOException {
        conf("key = nr");
        assertThat(read().settings().keyColumn()).isEqualTo(new KeyColumn("nr"));
        conf("key = {");
        SettingsInForce slipped = read();
        assertThat(slipped.settings().keyColumn()).isEqualTo(new KeyColumn("nr"));
        assertThat(slipped.problem().orElseThrow()).contains("in force until it is mended");
        conf("key = no");
        assertThat(read().settings().keyColumn()).isEqualTo(new KeyColumn("no"));
        assertThat(read().problem()).isEmpty();
    }

    @Test
    void withNothingBeforeASlipTheSettingsOfTheServiceAreInForce() throws IOException {
        conf("keys = nr");
        SettingsInForce settings = read();
        assertThat(settings.settings().keyColumn()).isEqualTo(new KeyColumn("id"));
        assertThat(settings.problem().orElseThrow()).contains("keys");
    }

    @Test
    void aFileThatIsGoneIsNoSlip() throws IOException {
        conf("key = nr");
        read();
        Files.delete(root.resolve("orders").resolve("_table.conf"));
        assertThat(read().settings().keyColumn()).isEqualTo(new KeyColumn("id"));
        conf("key = [");
        assertThat(read().settings().keyColumn()).isEqualTo(new KeyColumn("id"));
    }
}
