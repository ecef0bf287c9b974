package io.ghala.refresher.change;

import io.ghala.model.TableSchema;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.TableIndex;
import io.ghala.refresher.parts.PartPlan;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.arrow.PartCasts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings a table's index and parts up to a change of its folder: reads what is new, lets the index decide which rows
 * show, finds the types, reads again the files of parts whose stored values do not cast exactly to them, and builds the
 * parts that are due. Many files go in waves; nothing is published on the way. For one change: after a failure the
 * state is of no use any more.
 */
public final class ApplyChange {
    private final TableState state;
    private final TableSettings settings;
    private final ReadWaves read;
    private final PlanParts plan;
    private final BuildParts build;

    public ApplyChange(TableState state, TableSettings settings, ReadWaves read, PlanParts plan, BuildParts build) {
        this.state = state;
        this.settings = settings;
        this.read = read;
        this.plan = plan;
        this.build = build;
    }

    /**
     * Applies the change; returns what it cost.
     *
     * @throws FolderMovedException when a file whose rows are needed again has gone: list again
     */
    public Cost apply(FolderChange change) throws FolderMovedException {
        ReadQueue queue = new ReadQueue(change.toRead());
        Cost again = wave(queue, goneFor(change));
        while (!queue.isEmpty()) {
            again = again.and(wave(queue, new HashSet<>()));
        }
        return read.cost().and(again).and(build.cost());
    }

    /** The files that are gone for good; those that were refused are forgiven. */
    private Set<String> goneFor(FolderChange change) {
        Set<String> gone = new HashSet<>();
        for (String file : change.gone()) {
            state.forgive(file);
            if (state.index().file(file) != null) {
                gone.add(file);
            }
        }
        return gone;
    }

    private Cost wave(ReadQueue queue, Set<String> gone) throws FolderMovedException {
        TableIndex index = state.index();
        Part fresh = queue.isEmpty() ? null : read.next(queue, gone).orElse(null);
        index.change(gone, fresh);
        TableSchema schema = settings.schema(index.evidence());
        List<Part> usable = new ArrayList<>();
        List<FoundFile> again = new ArrayList<>();
        for (Part part : index.parts()) {
            List<KnownFile> files = fits(part, schema) ? part.filesWithoutValues() : part.liveFiles();
            if (files.isEmpty()) {
                usable.add(part);
            }
            files.forEach(file -> again.add(new FoundFile(file.name(), file.stamp())));
        }
        int added = again.isEmpty() ? 0 : queue.add(again);
        PartPlan due = queue.isEmpty() ? plan.plan(usable, schema) : plan.planMeanwhile(usable, read.rowsToCome(queue));
        index.replace(due.absorbed(), build.build(due, schema));
        return Cost.ofFilesReadAgain(added);
    }

    /** Whether all values that the part stores cast exactly to the types that the table has now. */
    private static boolean fits(Part part, TableSchema schema) {
        return part.ref()
                .map(ref -> ref.schema().columns().stream().allMatch(stored -> schema.column(stored.name())
                        .map(column -> PartCasts.exact(stored.type(), column.type()))
                        .orElse(true)))
                .orElse(true);
    }
}
