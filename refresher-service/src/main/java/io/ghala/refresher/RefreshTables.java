package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.intent.IntentLog;
import io.ghala.model.TableName;
import io.ghala.redis.HeldLeases;
import io.ghala.redis.Lease;
import io.ghala.service.Closers;
import io.ghala.service.Signal;
import io.ghala.service.Work;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refreshes every selected table that this process holds the lease of; woken by workers that applied writes and by readers that ask for repair. */
final class RefreshTables implements Work {
    private static final Logger log = LoggerFactory.getLogger(RefreshTables.class);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotPublisher snapshots;
    private final IntentLog intents;
    private final HeldLeases leases;
    private final RefreshTools tools;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Signal wakeUp = new Signal();
    private final Map<TableName, RefreshTable> tables = new HashMap<>();
    private boolean lookAgain;

    @Inject
    RefreshTables(
            GhalaConfig config,
            SnapshotPublisher snapshots,
            IntentLog intents,
            HeldLeases leases,
            RefreshTools tools,
            Announcements announcements,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.snapshots = snapshots;
        this.intents = intents;
        this.leases = leases;
        this.tools = tools;
        this.metrics = metrics;
        this.clock = clock;
        closers.register("announcements", announcements.follow(this::hear, wakeUp::raise));
    }

    private void hear(Announcement announcement) {
        if (announcement.kind() == Announcement.Kind.APPLIED || announcement.kind() == Announcement.Kind.REPAIR) {
            wakeUp.raise();
        }
    }

    @Override
    public String name() {
        return "refresh";
    }

    @Override
    public Duration pause() {
        Duration settle = config.refresher().settleTime();
        Duration scan = config.refresher().scanInterval();
        return lookAgain && settle.compareTo(scan) < 0 ? settle : scan;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() throws IOException {
        Set<TableName> published = snapshots.tables();
        layout.requireRoot(published::isEmpty);
        Set<TableName> all = new TreeSet<>(layout.tables());
        published.forEach(table -> all.add(table));
        lookAgain = false;
        IOException failure = null;
        for (TableName table : all) {
            if (config.tables().includes(table)) {
                try {
                    refresh(table);
                } catch (IOException e) {
                    // One table's folder must not keep the others from being refreshed.
                    failure = e;
                    log.warn("refresh failed table={} problem=\"{}\"", table, e.getMessage(), e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Next.AFTER_PAUSE;
    }

    private void refresh(TableName table) throws IOException {
        Optional<Lease> lease = leases.of(table);
        if (lease.isEmpty()) {
            tables.remove(table);
            return;
        }
        try {
            lookAgain |= tables.computeIfAbsent(table, this::make).refresh(lease.get());
        } catch (NoSuchFileException e) {
            snapshots.withdraw(table, lease.get());
            tables.remove(table);
            log.info("withdrawn table={} reason=\"its folder is gone\"", table);
        } catch (LostLeaseException e) {
            leases.lost(table);
            tables.remove(table);
        }
    }

    private RefreshTable make(TableName table) {
        return new RefreshTable(table, config, snapshots, intents, tools, metrics, clock);
    }
}
