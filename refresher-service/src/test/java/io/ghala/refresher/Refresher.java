package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileNotice;
import io.ghala.folder.ReadAnew;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.SettledWrites;
import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.snapshot.Manifest;
import io.ghala.testing.memory.MemoryFileNotices;
import io.ghala.testing.memory.MemoryFolderLooks;
import io.ghala.testing.memory.MemoryReadAnewRequests;
import io.ghala.testing.memory.MemorySnapshots;
import io.ghala.testing.memory.MemoryUnloadableVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.memory.RootAllocator;

/** A refresher of one folder, for which every file is old enough to be whole, over snapshots in memory. */
final class Refresher implements AutoCloseable {
    /** Its processes end with this one. */
    static final TypedFiles TYPED =
            new TypedFiles(ConfigLoader.of(Map.of()).load(0).refresher().typedReader());

    final MemorySnapshots snapshots = new MemorySnapshots();
    private final ClockAhead clock = new ClockAhead();
    private final MemoryFolderLooks looks = new MemoryFolderLooks();
    private final MemoryReadAnewRequests wishes = new MemoryReadAnewRequests();
    private final MemoryFileNotices notices = new MemoryFileNotices();
    final MemoryUnloadableVersions unloadable = new MemoryUnloadableVersions();
    final MetricRegistry metrics = new MetricRegistry();
    private final TableName name;
    private final PlanParts plan;
    private final GhalaConfig config;
    private final RootAllocator allocator = new RootAllocator();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private RefreshTable table;

    /** The folder's name is the table's. */
    Refresher(Path folder) {
        this(folder, new PlanParts(), Map.of());
    }

    Refresher(Path folder, PlanParts plan, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        Path root = folder.toAbsolutePath().getParent();
        if (root == null) {
            throw new IllegalArgumentException(folder + " is the root");
        }
        this.name = new TableName(folder.getFileName().toString());
        all.put("DB_ROOT", root.toString());
        this.config = ConfigLoader.of(all).load(0);
        this.plan = plan;
        this.table = fresh();
    }

    /** Versions that were noted to stand for a look, the last one last. */
    List<SnapshotVersion> looks() {
        return looks.versions();
    }

    /** Asks for files to be read anew at the next update. */
    void ask(ReadAnew wish) {
        wishes.ask(name, wish);
    }

    /** What people are told of files beside the manifest. */
    List<FileNotice> notices() {
        return notices.list(name);
    }

    /** Lets the minutes pass in which a file that was read is looked at again. */
    void waitUntilNothingIsWatched() {
        clock.ahead = clock.ahead.plusMinutes(10);
    }

    /** Ahead of the system's, so that every file is old enough to be whole. */
    private static final class ClockAhead extends Clock {
        private Duration ahead = Duration.ofHours(1);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private RefreshTable fresh() {
        AppliedLog log = (table, cursor) -> new AppliedLog.Read.Gap("nothing is logged");
        SettledWrites notOpen = table -> Optional.empty();
        TableRefreshes.Ports ports =
                new TableRefreshes.Ports(snapshots, notOpen, log, looks, wishes, notices, unloadable);
        return new TableRefreshes(config, ports, plan, allocator, threads, TYPED, metrics, clock).of(name);
    }

    /** Another process takes over. */
    void replace() {
        table = fresh();
    }

    /** One refresh with a listing, since nothing is logged. */
    void update() throws IOException {
        table.refresh(new Lease(name, "refresher", "token"), false);
    }

    Manifest manifest() {
        return snapshots.manifest(name).orElseThrow();
    }

    long count(String metric) {
        return metrics.counter(metric).getCount();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        allocator.close();
    }
}
