package io.ghala.worker.apply;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.model.TableName;
import io.ghala.snapshot.SnapshotReader;
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

/** Has {@link ApplyIntents} done for every selected table that has a folder. */
public final class FollowFolders implements Work, ReadinessCheck {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final GhalaConfig config;
    private final FolderLayout layout;
    private final SnapshotReader snapshots;
    private final BacklogGauges gauges;
    private final Signal wakeUp = new Signal();
    private final WorkPerTable<ApplyIntents> tables;

    @Inject
    FollowFolders(
            GhalaConfig config,
            SnapshotReader snapshots,
            ApplyChains chains,
            BacklogGauges gauges,
            MetricRegistry metrics,
            Closers closers) {
        this.config = config;
        this.layout = new FolderLayout(config.dbRoot());
        this.snapshots = snapshots;
        this.gauges = gauges;
        this.tables = closers.register("tables", new WorkPerTable<>(chains::of, ApplyIntents::close, metrics));
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
        return PAUSE;
    }

    @Override
    public Signal wakeUp() {
        return wakeUp;
    }

    @Override
    public Next runOnce() throws IOException {
        layout.requireRoot(() -> snapshots.tables().isEmpty());
        Set<TableName> folders = layout.tables();
        folders.removeIf(table -> !config.tables().includes(table));
        tables.follow(folders);
        folders.forEach(gauges::set);
        return Next.AFTER_PAUSE;
    }
}
