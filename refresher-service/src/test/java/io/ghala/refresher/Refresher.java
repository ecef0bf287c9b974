package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.IntentLog;
import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.Manifest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    private final NotedLooks looks = new NotedLooks();
    private final WishesByHand wishes = new WishesByHand();
    private final NotedNotices notices = new NotedNotices();
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
        return looks.versions;
    }

    private static final class NotedLooks implements FolderLooks {
        private final List<SnapshotVersion> versions = new ArrayList<>();

        @Override
        public void looked(TableName table, SnapshotVersion version, Duration ago, Lease lease) {
            versions.add(version);
        }

        @Override
        public Optional<Look> last(TableName table) {
            return Optional.empty();
        }

        @Override
        public void ask(TableName table) {
            throw new UnsupportedOperationException("the refresher is who is asked");
        }
    }

    /** Asks for files to be read anew at the next update. */
    void ask(ReadAnew wish) {
        wishes.wish = wishes.wish.and(wish);
    }

    /** What people are told of files beside the manifest. */
    List<FileNotice> notices() {
        return notices.notices;
    }

    private static final class WishesByHand implements ReadAnewRequests {
        private ReadAnew wish = ReadAnew.NONE;

        @Override
        public void ask(TableName table, ReadAnew more) {
            wish = wish.and(more);
        }

        @Override
        public ReadAnew take(TableName table) {
            ReadAnew taken = wish;
            wish = ReadAnew.NONE;
            return taken;
        }

        @Override
        public boolean isPending(TableName table) {
            return !wish.equals(ReadAnew.NONE);
        }
    }

    private static final class NotedNotices implements FileNotices {
        private List<FileNotice> notices = List.of();

        @Override
        public void note(TableName table, List<FileNotice> now) {
            notices = List.copyOf(now);
        }

        @Override
        public List<FileNotice> list(TableName table) {
            return notices;
        }
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
        TableRefreshes.Ports ports = new TableRefreshes.Ports(snapshots, noWrites(), log, looks, wishes, notices);
        return new TableRefreshes(config, ports, plan, allocator, threads, TYPED, metrics, clock).of(name);
    }

    /** An intents log that is not open: the only question that a refresher has is how far writes are settled. */
    private static IntentLog noWrites() {
        return (IntentLog) Proxy.newProxyInstance(
                IntentLog.class.getClassLoader(), new Class<?>[] {IntentLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("settled")) {
                        return Optional.empty();
                    }
                    throw new AssertionError("a refresher called " + method);
                });
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
