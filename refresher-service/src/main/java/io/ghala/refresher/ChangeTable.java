package io.ghala.refresher;

import io.ghala.refresher.change.ApplyChange;
import io.ghala.refresher.change.BuildParts;
import io.ghala.refresher.change.Cost;
import io.ghala.refresher.change.FolderMovedException;
import io.ghala.refresher.change.KeepRefused;
import io.ghala.refresher.change.ReadWaves;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.state.TableState;
import io.ghala.refresher.state.TakenOutFiles;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;

/** Puts together what applies one change to the table under the settings that are in force then, and applies it. */
final class ChangeTable {
    private final Function<TableSettings, TableFileReader> readers;
    private final ReadFiles read;
    private final KeptRows keep;
    private final TakenOutFiles out;
    private final PlanParts plan;
    private final BuildPart build;
    private final StoreParts store;
    private final BufferAllocator allocator;
    private final ExecutorService threads;
    private final Clock clock;

    /** {@code readers} makes a reader of the table's files for one thread. */
    ChangeTable(
            Function<TableSettings, TableFileReader> readers,
            ReadFiles read,
            KeptRows keep,
            TakenOutFiles out,
            PlanParts plan,
            BuildPart build,
            StoreParts store,
            BufferAllocator allocator,
            ExecutorService threads,
            Clock clock) {
        this.readers = readers;
        this.read = read;
        this.keep = keep;
        this.out = out;
        this.plan = plan;
        this.build = build;
        this.store = store;
        this.allocator = allocator;
        this.threads = threads;
        this.clock = clock;
    }

    TableFileReader reader(TableSettings settings) {
        return readers.apply(settings);
    }

    Cost apply(TableState state, FollowSettings follow, FolderChange change) throws FolderMovedException {
        TableSettings settings = follow.current();
        FitTypes fit = new FitTypes(settings, allocator);
        KeepRefused refused = new KeepRefused(state, keep, fit);
        ReadWaves waves = new ReadWaves(
                state, read, () -> readers.apply(settings), fit, out, refused, settings.keyColumn(), clock);
        BuildParts parts = new BuildParts(build, store, threads, follow.hash());
        return new ApplyChange(state, settings, waves, plan, parts).apply(change);
    }

    /** Removes the kept rows of files that are readable again or gone: what shows them instead is published. */
    void dropKept(TableState state) throws IOException {
        keep.drop(state::isRefused);
    }
}
