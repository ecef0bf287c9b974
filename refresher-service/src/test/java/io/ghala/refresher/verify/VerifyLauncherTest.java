package io.ghala.refresher.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes of a verification that does not come to look at a table. */
class VerifyLauncherTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... args) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return VerifyLauncher.run(args, environment, out, out);
    }

    @Test
    void wrongUsageIsTwo() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(run(Map.of(), "a", "b")).isEqualTo(2);
        assertThat(run(Map.of(), "No Table")).isEqualTo(2);
        assertThat(run(Map.of("SCAN_INTERVAL_SEC", "often"), "orders")).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("'No Table' is not valid", "scan-interval-sec");
    }

    @Test
    void aRootThatIsNotThereIsOne(@TempDir Path temp) {
        assertThat(run(Map.of("DB_ROOT", temp.resolve("gone").toString()), "orders"))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("create it, or mount it");
    }
}
