package io.ghala.refresher;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.intent.AppliedLog;
import io.ghala.model.TableName;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import org.apache.arrow.memory.BufferAllocator;

/** What the refreshes of all tables share. */
final class RefreshTools {
    private final GhalaConfig config;
    private final SnapshotReader snapshots;
    private final AppliedLog log;
    private final PlanParts plan;
    private final BufferAllocator allocator;
    private final ExecutorService threads;
    private final TypedFiles typed;
    private final Clock clock;
    private final ReadFiles read;

    /** {@code threads} must have as many as the setting for reading says. */
    @Inject
    RefreshTools(
            GhalaConfig config,
            SnapshotReader snapshots,
            AppliedLog log,
            PlanParts plan,
            BufferAllocator allocator,
            ExecutorService threads,
            TypedFiles typed,
            Clock clock) {
        this.config = config;
        this.snapshots = snapshots;
        this.log = log;
        this.plan = plan;
        this.allocator = allocator;
        this.threads = threads;
        this.typed = typed;
        this.clock = clock;
        this.read = new ReadFiles(
                threads, config.refresher().readThreads(), config.refresher().readMemoryBytes());
    }

    AppliedLog log() {
        return log;
    }

    ExecutorService threads() {
        return threads;
    }

    BufferAllocator allocator() {
        return allocator;
    }

    ApplyChange change(
            Path folder, TableState state, TableSettings settings, long settingsHash, StoreParts store, KeptRows keep) {
        BuildPart build = new BuildPart(
                snapshots, allocator, BlobCodecs.of(config.refresher().snapshotFormat()));
        return new ApplyChange(
                state,
                settings,
                settingsHash,
                read,
                () -> reader(folder, settings),
                new FitTypes(settings, allocator),
                keep,
                build,
                store,
                plan,
                threads,
                clock);
    }

    /** A reader of the files in {@code folder} for one thread. */
    TableFileReader reader(Path folder, TableSettings settings) {
        ReadLimits limits = new ReadLimits(
                config.refresher().maxFileBytes(),
                config.refresher().maxFileRows(),
                config.refresher().maxUnpackedBytes());
        return new TableFileReader(folder, settings, limits, typed);
    }

    /** Where the last good rows of the table's files are kept. */
    KeptRows kept(TableName table) {
        return new KeptRows(
                new FolderLayout(config.dbRoot()),
                table,
                snapshots,
                BlobCodecs.of(config.refresher().snapshotFormat()),
                allocator);
    }
}
