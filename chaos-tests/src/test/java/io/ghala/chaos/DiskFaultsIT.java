package io.ghala.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.chaos.client.GhalaHttp.ReadResult;
import io.ghala.chaos.cluster.Cluster;
import io.ghala.chaos.cluster.ServiceKind;
import io.ghala.chaos.cluster.Slot;
import io.ghala.chaos.cluster.SmallDisk;
import io.ghala.chaos.history.Observation.RowWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shared folder on a disk that is full, or read-only, for a while. Skipped where nothing may be mounted. */
class DiskFaultsIT {
    private static final String TABLE = "orders";
    private static final int WRITES = 20;
    private static final String SETTINGS = """
            refresher.settle-time = 0s
            worker.claim-idle = 500ms
            """;

    private SmallDisk disk;
    private Cluster cluster;
    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        Assumptions.assumeTrue(SmallDisk.isPossible(), "a file system can be mounted");
        disk = SmallDisk.mount(4);
        Path root = Files.createDirectory(disk.folder().resolve("db"));
        cluster = new Cluster("disk-faults", SETTINGS, root);
        scene = new Scene(cluster, TABLE, Duration.ofSeconds(30)).open();
        for (ServiceKind kind :
                new ServiceKind[] {ServiceKind.WORKER, ServiceKind.WORKER, ServiceKind.REFRESHER, ServiceKind.QUERY}) {
            cluster.start(kind);
        }
        cluster.awaitWorking();
        scene.awaitLoaded().awaitOpen();
        scene.readAfter(scene.write("r1"));
    }

    @AfterEach
    void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    @Test
    void aFullDiskKeepsWritesWaitingAndLosesNone() throws Exception {
        disturbed(disk::fill, disk::empty);
    }

    @Test
    void aReadOnlyDiskKeepsWritesWaitingAndLosesNone() throws Exception {
        disturbed(disk::readOnly, disk::writable);
    }

    private void disturbed(Step begin, Step end) throws Exception {
        begin.run();
        RowWrite last = scene.write("r2");
        for (int i = 1; i < WRITES; i++) {
            last = scene.write("r" + i % 5);
        }
        cluster.await("a worker has met the disk", () -> cluster.slots(ServiceKind.WORKER).stream()
                .anyMatch(DiskFaultsIT::hasFailed));
        assertThat(scene.redis().xlen(scene.commands().key("intents"))).isEqualTo(WRITES);
        assertThat(scene.read(Optional.of(last), Duration.ofMillis(300)))
                .as("a write that is not durable is not answered")
                .isInstanceOf(ReadResult.NoAnswer.class);
        assertThat(scene.read(Optional.empty(), Duration.ofSeconds(5)))
                .as("reads go on")
                .isInstanceOf(ReadResult.Seen.class);
        end.run();
        scene.readAfter(last);
        assertThat(scene.redis().xlen(scene.commands().key("dead"))).isZero();
        assertThat(scene.brokenRules()).isEmpty();
    }

    private static boolean hasFailed(Slot worker) {
        try {
            return worker.log().matches("(?s).*(No space left|Read-only file system).*");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
