package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.RootListing;
import io.ghala.folder.UnservedEntries;
import io.ghala.lease.HeldLeases;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import io.ghala.work.WorkLoop;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a loop of {@link RefreshWork} for every selected table that has a folder or is published, so that a large table never holds up a small one. */
final class RefreshTables implements Work, ReadinessCheck {
    private static final Logger log = LoggerFactory.getLogger(RefreshTables.class);
    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotPublisher snapshots;
    private final UnservedEntries unserved;
    private final HeldLeases leases;
    private final TableRefreshes refreshes;
    private final MetricRegistry metrics;
    private final Signal wakeUp = new Signal();
    private final Map<TableName, Running> running = new ConcurrentHashMap<>();

    @Inject
    RefreshTables(
            GhalaConfig config,
            SnapshotPublisher snapshots,
            UnservedEntries unserved,
            HeldLeases leases,
            TableRefreshes refreshes,
            Announcements announcements,
            MetricRegistry metrics,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.snapshots = snapshots;
        this.unserved = unserved;
        this.leases = leases;
        this.refreshes = refreshes;
        this.metrics = metrics;
        closers.register(
                "tables", () -> running.values().forEach(table -> table.loop().close()));
        closers.register("announcements", announcements.follow(this::hear, this::wakeAll));
    }

    private record Running(RefreshWork work, WorkLoop loop) {}

    private void hear(Announcement announcement) {
        Running table = running.get(announcement.table());
        boolean ours =
                announcement.kind() == Announcement.Kind.APPLIED || announcement.kind() == Announcement.Kind.REPAIR;
        if (announcement.kind() == Announcement.Kind.LOOK && table != null) {
            table.work().lookNow();
        }
        if (ours && table != null) {
            table.work().wakeUp().raise();
        }
    }

    private void wakeAll() {
        wakeUp.raise();
        running.values().forEach(table -> table.work().wakeUp().raise());
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public Optional<String> problem() {
        String problems = running.entrySet().stream()
                .flatMap(table -> table.getValue().loop().problem().stream()
                        .map(problem -> "table " + table.getKey() + ": " + problem))
                .sorted()
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    @Override
    public Duration pause() {
        return config.refresher().scanInterval();
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() throws IOException {
        Set<TableName> published = snapshots.tables();
        layout.requireRoot(published::isEmpty);
        RootListing listing = RootListing.of(config.dbRoot(), config.tables());
        unserved.note(listing.unserved());
        Set<TableName> all = new TreeSet<>(listing.tables());
        all.addAll(published);
        for (TableName table : all) {
            if (config.tables().includes(table) && !running.containsKey(table)) {
                start(table);
            }
        }
        for (TableName table : List.copyOf(running.keySet())) {
            Running gone = all.contains(table) ? null : running.remove(table);
            if (gone != null) {
                gone.loop().close();
            }
        }
        return Next.AFTER_PAUSE;
    }

    private void start(TableName table) {
        RefreshWork work = new RefreshWork(table, config, layout, snapshots, leases, () -> refreshes.of(table));
        WorkLoop loop = new WorkLoop(work, metrics);
        running.put(table, new Running(work, loop));
        loop.start();
        log.info("table taken table={}", table);
    }
}
