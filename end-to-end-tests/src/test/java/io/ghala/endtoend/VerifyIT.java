package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.PARQUET;
import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static io.ghala.endtoend.GhalaProcesses.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghala.endtoend.GhalaProcesses.Ran;
import io.ghala.endtoend.GhalaProcesses.Started;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * {@code ghala verify} over the sample tables: it agrees, names one altered byte wherever that is, and agrees again
 * once the services healed it.
 */
class VerifyIT {
    private static final String MANIFEST = "ghala:{orders}:manifest";
    private GhalaProcesses ghala;

    @BeforeEach
    void open() throws IOException {
        ghala = new GhalaProcesses();
        Path samples = Path.of(System.getProperty("ghala.dist")).resolveSibling("shared_db");
        try (Stream<Path> files = Files.walk(samples)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = ghala.root().resolve(samples.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @AfterEach
    void close() throws Exception {
        ghala.close();
    }

    private Ran verify(String table) throws Exception {
        return ghala.cli("", "verify", table);
    }

    private void awaitAgreement() {
        ghala.await("all agree, the Parquet file in its version, too", () -> {
            Ran ran = verify("orders");
            return ran.code() == 0 && !ran.err().contains("only whether it can be read");
        });
    }

    @Test
    void theSampleTablesAgreeAndAnAlteredByteIsNamedAndHealed() throws Exception {
        Started refresher = ghala.start(REFRESHER);
        Started parquet = ghala.start(PARQUET);
        ghala.startAndAwait(WORKER, QUERY);
        String token = ghala.upsertWhenOpen("orders", "1001", "{\"quantity\":5}");
        assertThat(ghala.rows(ghala.ready(QUERY).get(0), "SELECT quantity FROM orders WHERE id = 1001", token))
                .containsExactly("5");
        for (String table : List.of("orders", "customers", "products")) {
            ghala.await("written", () -> Files.exists(ghala.root().resolve(table + ".parquet")));
            Ran ran = verify(table);
            assertThat(ran.code()).as(ran.toString()).isZero();
            assertThat(ran.out()).startsWith("table " + table + " version ");
        }
        assertThat(verify("nope").code()).isEqualTo(1);
        assertThat(ghala.cli("", "verify").code()).isEqualTo(2);
        assertThat(ghala.cli("", "verify", "No Table").code()).isEqualTo(2);

        // While nobody is there to heal, so that every byte is still altered when it is looked at.
        GhalaProcesses.terminate(refresher);
        GhalaProcesses.terminate(parquet);
        String blob = part().path("blobs").path(0).path("key").asText();
        flip(blob, ghala.redis().client().strlen(blob) / 2);
        Ran ran = verify("orders");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("blob\t" + blob + "\t").contains("checksum");
        flipInPage(ghala.root().resolve("orders.parquet"));
        ran = verify("orders");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("blob\t" + blob + "\t")
                .contains("parquet\torders.parquet, row group 1, column id\t");
        refresher = ghala.start(REFRESHER);
        ghala.start(PARQUET);
        awaitAgreement();

        GhalaProcesses.terminate(refresher);
        long middle = ghala.redis().client().strlen(MANIFEST) / 2;
        flip(MANIFEST, middle);
        requireManifestNamed();
        flip(MANIFEST, middle);
        flip(MANIFEST, 3);
        requireManifestNamed();
        ghala.start(REFRESHER);
        awaitAgreement();
    }

    private void requireManifestNamed() throws Exception {
        Ran ran = verify("orders");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("manifest\tin Redis\tmanifest of table orders ");
    }

    @Test
    void aManifestThatIsDamagedUnderARunningRefresherIsHealedOnceItIsToldOf() throws Exception {
        ghala.startAndAwait(REFRESHER, PARQUET);
        ghala.await("written", () -> Files.exists(ghala.root().resolve("orders.parquet")));
        for (long at : new long[] {3, ghala.redis().client().strlen(MANIFEST) / 2}) {
            flip(MANIFEST, at);
            ghala.await("heals", () -> verify("orders").code() == 0);
        }
        assertThat(verify("customers").code()).isZero();
    }

    private JsonNode part() throws IOException {
        return ghala.manifest("orders").path("body").path("parts").path(0);
    }

    private void flip(String key, long at) {
        byte[] name = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] old = ghala.redis().client().getrange(name, at, at);
        ghala.redis().client().setrange(name, at, new byte[] {(byte) (old[0] ^ 1)});
    }

    private static void flipInPage(Path file) throws IOException {
        long at;
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            ColumnChunkMetaData chunk =
                    reader.getRowGroups().get(0).getColumns().get(0);
            at = chunk.getStartingPos() + chunk.getTotalSize() - 1;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer old = ByteBuffer.allocate(1);
            channel.read(old, at);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (old.get(0) ^ 1)}), at);
        }
    }
}
