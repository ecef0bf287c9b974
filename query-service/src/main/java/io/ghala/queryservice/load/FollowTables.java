package io.ghala.queryservice.load;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.model.TableName;
import io.ghala.service.Closers;
import io.ghala.service.ReadinessCheck;
import io.ghala.service.Signal;
import io.ghala.service.Work;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings every selected table to its newest version: when announced, after each reconnect, and on a timer because announcements can be lost. */
public final class FollowTables implements Work, ReadinessCheck {
    private static final Logger log = LoggerFactory.getLogger(FollowTables.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT_MS = 100;

    private final GhalaConfig config;
    private final SnapshotReader snapshots;
    private final TableStore store;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final Signal wakeUp = new Signal();
    private final AtomicReference<CountDownLatch> progress = new AtomicReference<>(new CountDownLatch(1));
    private volatile boolean loadedOnce;

    @Inject
    FollowTables(
            GhalaConfig config,
            SnapshotReader snapshots,
            TableStore store,
            Announcements announcements,
            MetricRegistry metrics,
            Clock clock,
            Closers closers) {
        this.config = config;
        this.snapshots = snapshots;
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        closers.register("announcements", announcements.follow(this::hear, wakeUp::raise));
    }

    private void hear(Announcement announcement) {
        switch (announcement.kind()) {
            case SNAPSHOT, WITHDRAWN -> wakeUp.raise();
            case WATERMARK -> signalProgress();
            case APPLIED, REPAIR -> {
                // For the refresher alone.
            }
        }
    }

    /** Makes the next round begin at once. */
    public void lookNow() {
        wakeUp.raise();
    }

    private void signalProgress() {
        progress.getAndSet(new CountDownLatch(1)).countDown();
    }

    /** Waits until a table or a watermark moved or a round ended, at most for {@code atMost} and at most 100 ms, since announcements can be lost. */
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
        return loadedOnce ? Optional.empty() : Optional.of("the tables are not loaded yet");
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
    public Next runOnce() throws SQLException {
        Set<TableName> all = new HashSet<>(store.tables());
        all.addAll(snapshots.tables());
        RuntimeException failure = null;
        for (TableName table : all) {
            if (config.tables().includes(table)) {
                try {
                    update(table);
                } catch (MissingBlobException | CorruptSnapshotException e) {
                    log.warn("load failed table={} problem=\"{}\"", table, e.getMessage());
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        loadedOnce = true;
        signalProgress();
        return Next.AFTER_PAUSE;
    }

    private void update(TableName table) throws SQLException {
        long startedMs = clock.millis();
        if (store.update(table)) {
            Optional<Manifest> manifest = store.manifest(table);
            metrics.counter("ghala.query.loads").inc();
            if (manifest.isPresent()) {
                log.info(
                        "loaded table={} version={} rows={} bytes={} ms={}",
                        table,
                        manifest.get().version(),
                        manifest.get().rows(),
                        manifest.get().bytes(),
                        clock.millis() - startedMs);
            } else {
                log.info("unloaded table={} reason=\"it was withdrawn\"", table);
            }
            signalProgress();
        }
    }
}
