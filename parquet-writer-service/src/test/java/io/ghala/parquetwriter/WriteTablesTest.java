package io.ghala.parquetwriter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.lease.HeldLeases;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.testing.memory.MemoryLeases;
import io.ghala.testing.memory.MemoryParquetFiles;
import io.ghala.work.Closers;
import io.ghala.work.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTablesTest {
    private static final TableName A = new TableName("a");
    private static final TableName B = new TableName("b");

    @TempDir
    Path root;

    private final RootAllocator allocator = new RootAllocator();
    private final PublishedTables published = new PublishedTables(allocator);
    private final MetricRegistry metrics = new MetricRegistry();
    private final Closers closers = new Closers();
    private final MemoryLeases leases = new MemoryLeases();

    @BeforeEach
    void makeRoot() throws IOException, InterruptedException {
        new FolderLayout(root).requireRoot(() -> true);
    }

    @AfterEach
    void close() {
        closers.close();
        allocator.close();
    }

    private WriteTables writer(String debounceSec) {
        GhalaConfig config = ConfigLoader.of(Map.of("DB_ROOT", root.toString(), "PARQUET_DEBOUNCE_SEC", debounceSec))
                .load(0);
        return new WriteTables(
                config,
                published,
                new MemoryParquetFiles(),
                new HeldLeases(leases, "parquet", config.redis(), closers),
                allocator,
                new NoAnnouncements(),
                metrics,
                closers);
    }

    private Path file(TableName table) {
        return root.resolve(table + ".parquet");
    }

    @Test
    void everyTableGetsItsFile() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        published.publish(B, 1, SnapshotFormat.ARROW, 2);
        assertThat(writer("0").runOnce()).isEqualTo(Work.Next.AFTER_PAUSE);
        assertThat(file(A)).exists();
        assertThat(file(B)).exists();
    }

    @Test
    void aDamagedTableKeepsNoOtherFromBeingWritten() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        published.loseBlobs();
        published.publish(B, 1, SnapshotFormat.ARROW, 2);
        WriteTables writer = writer("0");
        assertThatThrownBy(writer::runOnce).isInstanceOf(IOException.class).hasMessageContaining("table a");
        assertThat(file(A)).doesNotExist();
        assertThat(file(B)).exists();
        assertThat(metrics.counter("ghala.parquet.failures").getCount()).isEqualTo(1);
    }

    @Test
    void withinTheDebounceNothingIsWrittenAgain() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        WriteTables writer = writer("3600");
        writer.runOnce();
        published.publish(A, 2, SnapshotFormat.ARROW, 4);
        writer.runOnce();
        assertThat(metrics.counter("ghala.parquet.writes").getCount()).isEqualTo(1);
    }

    @Test
    void onlyTheHolderOfTheLeaseWrites() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        leases.takeAway(A, "parquet");
        WriteTables writer = writer("0");
        writer.runOnce();
        assertThat(file(A)).doesNotExist();
        leases.free();
        writer.runOnce();
        assertThat(file(A)).exists();
    }

    @Test
    void aWriterThatWasFencedWritesAgainOnceItHoldsTheLeaseAnew() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        WriteTables paused = writer("0");
        paused.runOnce();
        published.publish(A, 2, SnapshotFormat.ARROW, 4);
        leases.free();
        writer("0").runOnce();
        leases.free();
        published.publish(A, 3, SnapshotFormat.ARROW, 6);
        byte[] successors = Files.readAllBytes(file(A));
        paused.runOnce();
        assertThat(Files.readAllBytes(file(A))).as("the fenced round").isEqualTo(successors);
        paused.runOnce();
        assertThat(Files.readAllBytes(file(A))).isNotEqualTo(successors);
    }

    @Test
    void closingRemovesTheStages() throws IOException, InterruptedException {
        published.publish(A, 1, SnapshotFormat.ARROW, 2);
        writer("0").runOnce();
        closers.close();
        assertThat(new FolderLayout(root).stages()).isEmptyDirectory();
    }

    private static final class NoAnnouncements implements Announcements {
        @Override
        public AutoCloseable follow(Consumer<Announcement> listener, Runnable onGap) {
            return () -> {};
        }
    }
}
