package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.endtoend.GhalaProcesses.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk that takes no more while something is written: what was there stays, and it is said and made good later. */
class FullDiskIT {
    private static final int ROWS = 150_000;
    private static final int LIMIT_KIB = 4096;

    private GhalaProcesses ghala;
    private boolean mounted;

    @BeforeEach
    void open() throws IOException {
        ghala = new GhalaProcesses();
    }

    @AfterEach
    void close() throws Exception {
        ghala.stopProcesses();
        if (mounted) {
            run("umount", ghala.root().toString());
        }
        ghala.close();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Rows that no codec makes much smaller. */
    private static String manyRows() {
        Random random = new Random(7);
        StringBuilder rows = new StringBuilder("id,noise\n");
        byte[] noise = new byte[45];
        for (int i = 0; i < ROWS; i++) {
            random.nextBytes(noise);
            rows.append(1000 + i)
                    .append(',')
                    .append(Base64.getEncoder().encodeToString(noise))
                    .append('\n');
        }
        return rows.toString();
    }

    private String fileVersion() throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file()))) {
            return reader.getFileMetaData().getKeyValueMetaData().getOrDefault("ghala.version", "");
        }
    }

    private Path file() {
        return ghala.root().resolve("orders.parquet");
    }

    private String publishedVersion() throws IOException {
        return ghala.manifest("orders").path("version").asText();
    }

    private String address(String kind) throws IOException {
        for (String record : ghala.redis().client().hgetAll("ghala:services").values()) {
            JsonNode presence = new ObjectMapper().readTree(record);
            if (presence.path("kind").asText().equals(kind)) {
                return presence.path("http").asText();
            }
        }
        throw new IOException("no " + kind + " shows itself");
    }

    private List<Path> temporaryFiles() throws IOException {
        Path stage = ghala.root().resolve(".ghala/stage");
        if (!Files.exists(stage)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(stage)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tmp"))
                    .toList();
        }
    }

    @Test
    void aParquetFileThatCannotBeWrittenWholeLeavesTheOneBefore() throws Exception {
        ghala.file("orders/a.csv", "id,noise\n1,x\n");
        ghala.start(REFRESHER);
        Started limited =
                ghala.start(PARQUET, List.of("bash", "-c", "ulimit -f " + LIMIT_KIB + "; exec \"$@\"", "bash"));
        ghala.await("the small file", () -> fileVersion().equals(publishedVersion()));
        String before = fileVersion();
        byte[] bytes = Files.readAllBytes(file());
        ghala.file("orders/b.csv", manyRows());
        ghala.await(
                "published",
                () -> ghala.manifest("orders").path("body").path("rows").asInt() == ROWS + 1);
        String address = address(PARQUET);
        ghala.await("not ready", () -> ghala.get(address, "/readyz").statusCode() == 503);
        assertThat(ghala.get(address, "/readyz").body())
                .contains("parquet: table orders: its file could not be written")
                .contains("File too large");
        assertThat(ghala.get(address, "/metrics").body()).containsPattern("ghala_parquet_failures(_total)? [1-9]");
        assertThat(fileVersion()).isEqualTo(before);
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
        GhalaProcesses.terminate(limited);
        assertThat(temporaryFiles()).isEmpty();
        ghala.startAndAwait(PARQUET);
        ghala.await("the whole file", () -> fileVersion().equals(publishedVersion()));
        assertThat(Files.size(file())).isGreaterThan(LIMIT_KIB * 1024L);
    }

    @Test
    void aFullDiskHoldsWritesAndTheParquetFileUpUntilThereIsRoom() throws Exception {
        mounted = run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=24m",
                        "tmpfs",
                        ghala.root().toString())
                == 0;
        assumeThat(mounted).as("a small file system may be mounted here").isTrue();
        ghala.file("orders/a.csv", "id,noise\n1,x\n");
        ghala.startAndAwait(REFRESHER, WORKER, QUERY, PARQUET);
        ghala.await("the small file", () -> fileVersion().equals(publishedVersion()));
        ghala.upsertWhenOpen("orders", "2", "{\"noise\":\"y\"}");
        ghala.await(
                "the file with the write",
                () -> fileVersion().equals(publishedVersion())
                        && ghala.rows("SELECT count(*) FROM orders").equals(List.of("2")));
        Path filler = ghala.root().resolve("filler");
        fill(filler);
        String token = ghala.upsert("orders", "3", "{\"noise\":\"z\"}");
        String worker = address(WORKER);
        ghala.await("the worker says so", () -> ghala.get(worker, "/readyz").statusCode() == 503);
        assertThat(ghala.get(worker, "/readyz").body()).contains("No space left on device");
        assertThat(ghala.redis().client().xlen("ghala:{orders}:dead")).isZero();
        assertThat(ghala.rows("SELECT count(*) FROM orders")).containsExactly("2");
        Files.delete(filler);
        ghala.await("applied", () -> ghala.rows(ghala.ready(QUERY).get(0), "SELECT count(*) FROM orders", token)
                .equals(List.of("3")));
        ghala.await("the newest file", () -> fileVersion().equals(publishedVersion()));
        assertThat(ghala.redis().client().xlen("ghala:{orders}:dead")).isZero();
        ghala.await("ready again", () -> ghala.get(worker, "/readyz").statusCode() == 200);
    }

    /** Takes all the room there is. */
    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        Arrays.fill(block, (byte) 'x');
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }
}
