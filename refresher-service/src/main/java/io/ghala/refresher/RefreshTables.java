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
import io.ghala.work.WorkPerTable;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Has {@link RefreshWork} done for every selected table that has a folder or is published. */
final class RefreshTables implements Work, ReadinessCheck {
    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotPublisher snapshots;
    private final UnservedEntries unserved;
    private final HeldLeases leases;
    private final TableRefreshes refreshes;
    private final Signal wakeUp = new Signal();
    private final WorkPerTable<RefreshWork> tables;

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
        this.tables = closers.register("tables", new WorkPerTable<>(this::work, ended -> {}, metrics));
        closers.register("announcements", announcements.follow(this::hear, this::wakeAll));
    }

    private RefreshWork work(TableName table) {
        return new RefreshWork(table, config, layout, snapshots, leases, () -> refreshes.of(table));
    }

    private void hear(Announcement announcement) {
        Optional<RefreshWork> work = tables.of(announcement.table());
        switch (announcement.kind()) {
            case APPLIED, REPAIR -> work.ifPresent(table -> table.wakeUp().raise());
            case LOOK -> work.ifPresent(RefreshWork::lookNow);
            case SNAPSHOT, WATERMARK, WITHDRAWN -> {
                // What refreshers say themselves.
            }
        }
    }

    private void wakeAll() {
        wakeUp.raise();
        tables.wakeAll();
    }

    @Override
    public String name() {
        return "tables";
    }

    @Override
    public Optional<String> problem() {
        return tables.problem();
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
        all.removeIf(table -> !config.tables().includes(table));
        tables.follow(all);
        return Next.AFTER_PAUSE;
    }
}
