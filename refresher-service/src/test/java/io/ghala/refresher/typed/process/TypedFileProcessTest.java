package io.ghala.refresher.typed.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.refresher.rows.CellBlock;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.refresher.typed.frames.DeadReaderException;
import io.ghala.refresher.typed.frames.RowFrames;
import io.ghala.refresher.typed.frames.TypedRows;
import io.ghala.type.ValueEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedFileProcessTest {
    private static final long MEMORY = 512L << 20;

    @TempDir
    Path temp;

    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stopWatching() {
        watch.shutdownNow();
    }

    private TypedFileProcess start(Duration timeout) throws IOException {
        return TypedFileProcess.start(MEMORY, timeout, watch);
    }

    private Path parquet(String select) throws SQLException {
        Path file = temp.resolve("a.parquet");
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
        }
        return file;
    }

    /** Counts rows; what happens at each block can be set. */
    private static class Counted implements TypedRows {
        private long rows;

        @Override
        public void columns(List<String> names) {}

        @Override
        public void block(int more, List<CellBlock> columns) {
            rows += more;
        }

        @Override
        public void evidence(List<ValueEvidence> columns) {}
    }

    private static ProcessHandle handle(TypedFileProcess process) {
        return ProcessHandle.of(process.pid()).orElseThrow();
    }

    @Test
    void oneProcessReadsManyFilesAlsoAfterDamagedOnes() throws Exception {
        Path good = parquet("SELECT range AS id FROM range(20000)");
        Path bad = Files.writeString(temp.resolve("bad.parquet"), "no Parquet");
        try (TypedFileProcess process = start(Duration.ofMinutes(5))) {
            for (int i = 0; i < 3; i++) {
                Counted counted = new Counted();
                process.read(good, TypedFormat.PARQUET, counted);
                assertThat(counted.rows).isEqualTo(20_000);
                assertThatThrownBy(() -> process.read(bad, TypedFormat.PARQUET, new Counted()))
                        .isInstanceOf(RefusedFileException.class);
                assertThatThrownBy(() -> process.read(bad, TypedFormat.ARROW, new Counted()))
                        .isInstanceOf(RefusedFileException.class);
            }
        }
    }

    @Test
    void closingEndsTheProcess() throws Exception {
        TypedFileProcess process = start(Duration.ofMinutes(5));
        ProcessHandle handle = handle(process);
        process.close();
        assertThat(handle.isAlive()).isFalse();
    }

    @Test
    void aProcessThatIsKilledIsReportedAsDead() throws Exception {
        Path file = parquet("SELECT range AS id FROM range(10)");
        try (TypedFileProcess process = start(Duration.ofMinutes(5))) {
            handle(process).destroyForcibly();
            handle(process).onExit().get(1, TimeUnit.MINUTES);
            assertThatThrownBy(() -> process.read(file, TypedFormat.PARQUET, new Counted()))
                    .isInstanceOf(DeadReaderException.class);
        }
    }

    @Test
    void aProcessThatMakesNoProgressIsKilled() throws Exception {
        Path file = parquet("SELECT range AS id, repeat('x', 1000) AS v FROM range(100000)");
        try (TypedFileProcess process = start(Duration.ofMillis(1))) {
            CompletableFuture<ProcessHandle> exit = handle(process).onExit();
            assertThatThrownBy(() -> process.read(file, TypedFormat.PARQUET, new Counted()))
                    .isInstanceOf(DeadReaderException.class)
                    .hasMessageContaining("no progress");
            assertThat(exit.get(1, TimeUnit.MINUTES).isAlive()).isFalse();
        }
    }

    @Test
    void theProcessEndsWithItsInputEvenInTheMiddleOfAFile() throws Exception {
        Path file = parquet("SELECT range AS id, repeat('x', 1000) AS v FROM range(100000)");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + Files.createDirectory(temp.resolve("child")),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TypedFileMain.class.getName(),
                        Long.toString(MEMORY))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (java.io.DataOutputStream requests = new java.io.DataOutputStream(child.getOutputStream())) {
            requests.writeByte(TypedFormat.PARQUET.code());
            requests.writeUTF(file.toString());
            requests.flush();
            // Nobody reads on, so that the child stands in the middle of the file.
            assertThat(child.getInputStream().read()).isEqualTo(RowFrames.COLUMNS);
        }
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
}
