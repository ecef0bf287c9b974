package io.ghala.queryservice.load;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.queryservice.store.TableStore;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.FolderLooks.Look;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.UnloadableVersions;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Signal;
import io.ghala.work.Work;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every selected table to its newest version: an announced one at once, all of them after each reconnect and on
 * a timer because announcements can be lost. A table that cannot be loaded is tried again with growing pauses and holds
 * up no other.
 */
public final class FollowTables implements Work, ReadinessCheck {
    private static final Logger log = LoggerFactory.getLogger(FollowTables.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT_MS = 100;

    private final GhalaConfig config;
    private final SnapshotReader snapshots;
    private final FolderLooks looks;
    private final TableStore store;
    private final UnloadableVersions unloadables;
    private final Map<TableName, SnapshotVersion> reported = new HashMap<>();
    private final MetricRegistry metrics;
    private final Clock clock;
    private final FailedTables failed = new FailedTables();
    private final Signal wakeUp = new Signal();
    private final Set<TableName> announced = ConcurrentHashMap.newKeySet();
    private final Set<TableName> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicReference<CountDownLatch> progress = new AtomicReference<>(new CountDownLatch(1));
    private volatile Instant nextLook = Instant.MIN;
    private volatile boolean loadedOnce;

    @Inject
    FollowTables(
            GhalaConfig config,
            SnapshotReader snapshots,
            FolderLooks looks,
            TableStore store,
            UnloadableVersions unloadables,
            Announcements announcements,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.snapshots = snapshots;
        this.looks = looks;
        this.store = store;
        this.unloadables = unloadables;
        this.metrics = metrics;
        this.clock = clock;
        closers.register("announcements", announcements.follow(this::hear, this::lookNow));
    }

    private void hear(Announcement announcement) {
        switch (announcement.kind()) {
            case SNAPSHOT, WITHDRAWN -> {
                announced.add(announcement.table());
                wakeUp.raise();
            }
            case WATERMARK -> signalProgress();
            case APPLIED, REPAIR, LOOK -> {
                // For the refresher alone.
            }
        }
    }

    /** Has the refresher look at the folder of {@code table} and hears of it as soon as it did. */
    public void askForLook(TableName table) {
        wanted.add(table);
        wakeUp.raise();
    }

    /** Makes the next round begin at once and look at all tables. */
    public void lookNow() {
        nextLook = Instant.MIN;
        wakeUp.raise();
    }

    private void signalProgress() {
        progress.getAndSet(new CountDownLatch(1)).countDown();
    }

    /**
     * Waits until a table or a watermark moved or a round ended, at most for {@code atMost} and at most 100 ms, since
     * announcements can be lost.
     */
    public void awaitProgress(Duration atMost) throws InterruptedException {
        long millis = Math.max(1, Math.min(atMost.toMillis(), LONGEST_WAIT_MS));
        boolean moved = progress.get().await(millis, TimeUnit.MILLISECONDS);
        log.trace("waited moved={}", moved);
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public Optional<String> problem() {
        return loadedOnce ? failed.problem() : Optional.of("the tables are not loaded yet");
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() {
        Instant now = clock.instant();
        // The second half is for a clock that was set back.
        boolean all = !now.isBefore(nextLook) || nextLook.isAfter(now.plus(PAUSE));
        Set<TableName> tables = new HashSet<>();
        if (all) {
            // Set before looking, so that a reconnect meanwhile makes for another look.
            nextLook = now.plus(PAUSE);
            tables.addAll(store.tables());
            tables.addAll(snapshots.tables());
            tables.removeIf(table -> !failed.due(table, now));
        }
        for (TableName table : Set.copyOf(wanted)) {
            wanted.remove(table);
            looks.ask(table);
            tables.add(table);
        }
        for (TableName table : Set.copyOf(announced)) {
            // Taken before it is read: what is announced from here on is read again.
            announced.remove(table);
            tables.add(table);
        }
        Next next = Next.AFTER_PAUSE;
        for (TableName table : tables) {
            if (config.tables().includes(table) && update(table)) {
                next = Next.AT_ONCE;
            }
        }
        loadedOnce |= all;
        signalProgress();
        return next;
    }

    /** True when the table changed: a newer version may have come meanwhile. */
    private boolean update(TableName table) {
        try {
            // Asked before: what is loaded then holds at least what was seen.
            Optional<Look> look = looks.last(table);
            Instant asked = clock.instant();
            boolean changed = store.update(table);
            look.ifPresent(last -> store.confirm(table, last.version(), asked.minus(last.ago())));
            failed.mended(table);
            store.mended(table);
            reported.remove(table);
            if (changed) {
                signalProgress();
                announced.add(table);
                store.giveBack(table);
            }
            return changed;
        } catch (SQLException e) {
            report(table, e);
            return failed(table, e);
        } catch (MissingBlobException | CorruptSnapshotException e) {
            return failed(table, e);
        }
    }

    /** Has the refresher take out the files that keep a version from being loaded; once for each version. */
    private void report(TableName table, SQLException problem) {
        try {
            Optional<SnapshotVersion> version = snapshots.version(table);
            if (version.isPresent() && !version.equals(Optional.ofNullable(reported.put(table, version.get())))) {
                Optional<Unloadable> blamed = store.blame(table, problem);
                blamed.ifPresent(unloadable -> unloadables.report(table, unloadable));
                log.warn("version reported table={} version={} files={}", table, version.get(), blamed);
            }
        } catch (SQLException | MissingBlobException | CorruptSnapshotException e) {
            log.warn("no file blamed table={} problem=\"{}\"", table, e.getMessage());
        }
    }

    private boolean failed(TableName table, Exception e) {
        store.goneStale(table, String.valueOf(e.getMessage()));
        metrics.meter("ghala.query.load_failures").mark();
        Duration pause = failed.note(table, String.valueOf(e.getMessage()), clock.instant());
        log.warn(
                "load failed table={} problem=\"{}\" next=\"tries again\" pause_ms={}",
                table,
                e.getMessage(),
                pause.toMillis());
        return false;
    }
}
