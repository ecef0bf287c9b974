package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The lines of docs/redis-schema.md, run by a Python that has redis, pyarrow and pandas: GHALA_PEER_PYTHON, or python3.
 */
class DocumentedReaderIT {
    private static final Pattern LINES = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
    private static final String PYTHON =
            System.getenv("GHALA_PEER_PYTHON") == null ? "python3" : System.getenv("GHALA_PEER_PYTHON");

    private GhalaProcesses ghala;

    @BeforeEach
    void open() throws Exception {
        assumeThat(hasLibraries())
                .as(PYTHON + " has redis, pyarrow and pandas; .ci/run installs them")
                .isTrue();
        ghala = new GhalaProcesses();
    }

    private static boolean hasLibraries() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "-c", "import redis, pyarrow, pandas")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void close() throws Exception {
        if (ghala != null) {
            ghala.close();
        }
    }

    private static List<String> documented() throws IOException {
        Matcher matcher = LINES.matcher(Files.readString(Path.of("..", "docs", "redis-schema.md")));
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        assertThat(found).hasSize(2);
        return found;
    }

    private List<String> python(String lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        PYTHON, "-c", "url = '" + ghala.redis().url() + "'\n" + lines)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out.lines().skip(1).sorted().toList();
    }

    private List<String> sql() throws IOException, InterruptedException {
        return ghala.rows("SELECT * FROM orders").stream().sorted().toList();
    }

    @Test
    void aSmallTableIsOneBlob() throws Exception {
        ghala.file("orders/a.csv", "id,name,v\n1,Ann,1.5\n2,\"Bo, the second\",2.5\n");
        ghala.startAndAwait(REFRESHER, QUERY);
        ghala.await("loaded", () -> sql().size() == 2);
        for (String lines : documented()) {
            assertThat(python(lines)).isEqualTo(sql());
        }
    }

    @Test
    void aLargeTableHasPartsAndHiddenRows() throws Exception {
        int rows = 200_000;
        StringBuilder csv = new StringBuilder("id,name,v\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i)
                    .append(",a name that takes some room ")
                    .append(i * 7919L % rows)
                    .append(',')
                    .append(i)
                    .append(".5\n");
        }
        ghala.file("orders/a.csv", csv.toString());
        ghala.startAndAwait(REFRESHER, QUERY);
        ghala.await("loaded", () -> sql().size() == rows);
        ghala.file("orders/17@1763812349999-3.deleted", "");
        ghala.file("orders/b.json", "{\"id\":-1,\"name\":\"late\",\"v\":0.5}");
        ghala.await(
                "changed",
                () -> sql().size() == rows
                        && ghala.rows("SELECT count(*) FROM orders WHERE id = 17")
                                .equals(List.of("0")));
        assertThat(python(documented().get(1))).isEqualTo(sql());
    }
}
