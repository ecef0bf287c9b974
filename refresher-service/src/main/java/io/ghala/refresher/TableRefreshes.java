package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.folder.FileNotices;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.SettledWrites;
import io.ghala.model.TableName;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.publish.PublishVersion;
import io.ghala.refresher.publish.RepairParts;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.refresher.publish.TakeUpTable;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.state.TakenOutFiles;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.UnloadableVersions;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.codec.BlobCodecs;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.apache.arrow.memory.BufferAllocator;

/** Makes the refresh of a table: puts its steps together over what the refreshes of all tables share. */
final class TableRefreshes {
    private final GhalaConfig config;
    private final RefresherSettings settings;
    private final Ports ports;
    private final PlanParts plan;
    private final BufferAllocator allocator;
    private final ExecutorService threads;
    private final TypedFiles typed;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final ReadFiles read;

    /** {@code threads} must have as many as the setting for reading says. */
    @Inject
    TableRefreshes(
            GhalaConfig config,
            Ports ports,
            PlanParts plan,
            BufferAllocator allocator,
            ExecutorService threads,
            TypedFiles typed,
            MetricRegistry metrics,
            Clock clock) {
        this.config = config;
        this.settings = config.refresher();
        this.ports = ports;
        this.plan = plan;
        this.allocator = allocator;
        this.threads = threads;
        this.typed = typed;
        this.metrics = metrics;
        this.clock = clock;
        this.read = new ReadFiles(threads, settings.readThreads(), settings.readMemoryBytes());
    }

    /** The ways out of the refresher: to snapshots, to writes and to people. */
    record Ports(
            SnapshotPublisher snapshots,
            SettledWrites writes,
            AppliedLog applied,
            FolderLooks looks,
            ReadAnewRequests requests,
            FileNotices notices,
            UnloadableVersions unloadable) {
        @Inject
        Ports {}
    }

    /** A refresh that knows nothing yet. */
    RefreshTable of(TableName table) {
        FolderLayout layout = new FolderLayout(config.dbRoot());
        Path folder = layout.table(table);
        BlobCodec codec = BlobCodecs.of(settings.snapshotFormat());
        TakenOutFiles out = new TakenOutFiles();
        StoreParts store = new StoreParts(table, ports.snapshots(), allocator);
        RefreshSteps steps = new RefreshSteps(
                ports.writes(),
                new FollowSettings(table, folder, config),
                new KnownTable(
                        table,
                        ports.snapshots(),
                        new TakeUpTable(table, settings.snapshotFormat(), ports.snapshots(), store)),
                new LookAtFolder(table, folder, ports.applied(), settings, threads, clock),
                new RepairParts(table, ports.snapshots(), metrics),
                new ChangeTable(
                        under -> reader(folder, under),
                        read,
                        new KeptRows(layout, table, ports.snapshots(), codec, allocator),
                        out,
                        plan,
                        new BuildPart(ports.snapshots(), allocator, codec),
                        store,
                        allocator,
                        threads,
                        clock),
                new PublishVersion(table, settings.snapshotFormat(), ports.snapshots(), store, metrics),
                new ReportRefresh(table, store, metrics, clock),
                new TakeOutFiles(table, ports.unloadable(), out),
                new TellPeople(table, ports.requests(), ports.notices(), ports.looks()),
                ports.snapshots());
        return new RefreshTable(table, steps);
    }

    private TableFileReader reader(Path folder, TableSettings under) {
        ReadLimits limits =
                new ReadLimits(settings.maxFileBytes(), settings.maxFileRows(), settings.maxUnpackedBytes());
        return new TableFileReader(folder, under, limits, typed);
    }
}
