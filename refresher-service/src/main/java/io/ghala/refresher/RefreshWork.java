package io.ghala.refresher;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes one table again and again while this process holds its lease: every scan interval, and at once when woken.
 */
final class RefreshWork implements Work {
    private static final Logger log = LoggerFactory.getLogger(RefreshWork.class);
    private final TableName table;
    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotPublisher snapshots;
    private final HeldLeases leases;
    private final Supplier<RefreshTable> fresh;
    private final Signal wakeUp = new Signal();
    private @Nullable RefreshTable refresh;
    private boolean lookAgain;
    private final AtomicBoolean lookAsked = new AtomicBoolean();

    /** {@code fresh} makes a refresh that knows nothing yet. */
    RefreshWork(
            TableName table,
            GhalaConfig config,
            FolderLayout layout,
            SnapshotPublisher snapshots,
            HeldLeases leases,
            Supplier<RefreshTable> fresh) {
        this.table = table;
        this.config = config;
        this.layout = layout;
        this.snapshots = snapshots;
        this.leases = leases;
        this.fresh = fresh;
    }

    @Override
    public String name() {
        return "refresh-" + table;
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

    /** Somebody wants to know the folder as it is now. */
    void lookNow() {
        lookAsked.set(true);
        wakeUp.raise();
    }

    @Override
    public Next runOnce() throws IOException {
        Optional<Lease> lease = leases.of(table);
        if (lease.isEmpty()) {
            refresh = null;
            return Next.AFTER_PAUSE;
        }
        // A root that is not mounted has no folders, which must not withdraw the tables.
        layout.requireRoot(() -> snapshots.tables().isEmpty());
        RefreshTable current = refresh == null ? fresh.get() : refresh;
        refresh = current;
        try {
            lookAgain = current.refresh(lease.get(), lookAsked.getAndSet(false));
        } catch (NoSuchFileException e) {
            layout.requireRoot(() -> false);
            snapshots.withdraw(table, lease.get());
            refresh = null;
            log.info("withdrawn table={} reason=\"its folder is gone\"", table);
        } catch (LostLeaseException e) {
            leases.lost(table);
            refresh = null;
        }
        return Next.AFTER_PAUSE;
    }
}
