package io.ghala.refresher;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.FreshPart;
import io.ghala.refresher.index.FreshPart.ReadFile;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.TableIndex;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.BuildPart;
import io.ghala.refresher.parts.BuildPart.Origins;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.parts.PartPlan;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.ReadFiles.FileRows;
import io.ghala.refresher.read.ReadFiles.Refused;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.type.TableEvidence;
import io.ghala.refresher.type.TypeOf;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.arrow.PartCasts;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a table's index and parts up to a change of its folder: reads what is new, lets the index decide which rows show, finds the types, reads
 * again the files of parts whose stored values do not cast exactly to them, and builds the parts that are due. Many files go in waves, so
 * that their tokens fit in memory; nothing is published on the way.
 */
final class ApplyChange {
    private static final Logger log = LoggerFactory.getLogger(ApplyChange.class);
    private final TableState state;
    private final TableSettings settings;
    private final ReadFiles read;
    private final Supplier<TableFileReader> readers;
    private final FitTypes fit;
    private final KeptRows keep;
    private final BuildPart build;
    private final StoreParts store;
    private final PlanParts plan;
    private final ExecutorService threads;
    private final Clock clock;
    private final long settingsHash;
    private ReadQueue queue = new ReadQueue(List.of());
    private final Counts counts = new Counts();
    private long bytesRead;
    private long rowsRead;

    ApplyChange(
            TableState state,
            TableSettings settings,
            long settingsHash,
            ReadFiles read,
            Supplier<TableFileReader> readers,
            FitTypes fit,
            KeptRows keep,
            BuildPart build,
            StoreParts store,
            PlanParts plan,
            ExecutorService threads,
            Clock clock) {
        this.state = state;
        this.settings = settings;
        this.settingsHash = settingsHash;
        this.read = read;
        this.readers = readers;
        this.fit = fit;
        this.keep = keep;
        this.build = build;
        this.store = store;
        this.plan = plan;
        this.threads = threads;
        this.clock = clock;
    }

    /** What a change cost. */
    static final class Counts {
        int filesRead;
        int filesReadAgain;
        int partsBuilt;
        long rowsBuilt;
    }

    /**
     * Applies the change; returns what it cost. After a failure the state is of no use any more.
     *
     * @throws FolderMovedException when a file whose rows are needed again has gone: list again
     */
    Counts apply(FolderChange change) throws FolderMovedException {
        Set<String> gone = new HashSet<>();
        for (String file : change.gone()) {
            state.forgive(file);
            if (state.index().file(file) != null) {
                gone.add(file);
            }
        }
        queue = new ReadQueue(change.toRead());
        do {
            wave(gone);
            gone = new HashSet<>();
        } while (!queue.isEmpty());
        return counts;
    }

    private void wave(Set<String> gone) throws FolderMovedException {
        TableIndex index = state.index();
        Part fresh = queue.isEmpty() ? null : readSome(gone);
        index.change(gone, fresh);
        TableSchema schema = schema();
        List<Part> usable = new ArrayList<>();
        List<FoundFile> readAgain = new ArrayList<>();
        for (Part part : index.parts()) {
            List<KnownFile> again = fits(part, schema) ? part.filesWithoutValues() : part.liveFiles();
            if (again.isEmpty()) {
                usable.add(part);
            }
            again.forEach(file -> readAgain.add(new FoundFile(file.name(), file.stamp())));
        }
        if (!readAgain.isEmpty()) {
            counts.filesReadAgain += queue.add(readAgain);
        }
        build(queue.isEmpty() ? plan.plan(usable, schema) : plan.planMeanwhile(usable, rowsToCome()), schema);
    }

    private TableSchema schema() {
        return TypeOf.schema(state.index().evidence(), settings);
    }

    /** Reads the next files of the queue; the known ones among them go, to come again. */
    private @Nullable Part readSome(Set<String> gone) throws FolderMovedException {
        ReadFiles.Result result = read.read(queue.files(), readers);
        for (FoundFile file : result.vanished()) {
            if (state.index().file(file.name()) != null) {
                throw new FolderMovedException("file " + file.name() + " has gone while it was to be read again");
            }
        }
        long now = clock.millis();
        List<Refused> refused = new ArrayList<>(result.refused());
        List<ReadFile> files = new ArrayList<>(result.read().size());
        for (FileRows one : result.read()) {
            Optional<String> unfit = fit.problem(one.rows());
            if (unfit.isPresent()) {
                refused.add(new Refused(one.file(), unfit.get()));
            } else {
                files.add(taken(one, now, gone));
            }
        }
        refused.sort(Comparator.comparing(one -> one.file().name()));
        refused.forEach(one -> refuse(one, now, files, gone));
        counts.filesRead += result.read().size() + result.refused().size();
        queue.left(result.left());
        return files.isEmpty() ? null : FreshPart.of(files, Column.fold(settings.keyColumn()));
    }

    private ReadFile taken(FileRows read, long now, Set<String> gone) {
        FoundFile file = read.file();
        bytesRead += file.stamp().size();
        for (SourceRows source : read.rows()) {
            rowsRead += source.rows();
        }
        state.forgive(file.name());
        state.taken(file.name(), now);
        again(file, gone);
        return new ReadFile(known(file, now, read.rows()), read.rows());
    }

    private static KnownFile known(FoundFile file, long readAtMs, List<SourceRows> rows) {
        return new KnownFile(file.name(), file.stamp(), readAtMs, evidence(rows));
    }

    /** A file that was readable before shows its last good rows, which are kept in the folder from now on. */
    private void refuse(Refused one, long now, List<ReadFile> files, Set<String> gone) {
        FoundFile found = one.file();
        String file = found.name();
        KnownFile known = state.index().file(file);
        if (one.kind() == RefusedFile.Kind.COPY) {
            state.refuse(found, now, one.kind(), one.reason());
            again(found, gone);
            return;
        }
        try {
            Optional<List<SourceRows>> kept = keep.read(file);
            if (kept.isEmpty()
                    && known != null
                    && keep.keep(known, state.index().partsOf(known))) {
                kept = keep.read(file);
            }
            if (kept.isPresent() && fit.problem(kept.get()).isEmpty()) {
                state.refuse(found, now, one.kind(), one.reason() + "; its rows are shown as they were before");
                files.add(new ReadFile(known(found, now, kept.get()), kept.get()));
                again(found, gone);
                return;
            }
        } catch (IOException e) {
            log.warn("not kept file={} problem=\"{}\"", file, e.getMessage(), e);
        }
        state.refuse(found, now, one.kind(), one.reason());
        again(found, gone);
    }

    private void again(FoundFile file, Set<String> gone) {
        if (state.index().file(file.name()) != null) {
            gone.add(file.name());
        }
    }

    private static TableEvidence evidence(List<SourceRows> rows) {
        if (rows.size() == 1) {
            return rows.get(0).op().isEmpty() ? rows.get(0).evidence() : TableEvidence.NOTHING;
        }
        return rows.stream()
                .filter(source -> source.op().isEmpty())
                .map(SourceRows::evidence)
                .reduce(TableEvidence.NOTHING, TableEvidence::join);
    }

    /** About how many rows the files of the queue have, by the sizes of those that were read. */
    private long rowsToCome() {
        return (long) ((double) queue.bytes() / Math.max(1, bytesRead) * rowsRead);
    }

    /** Whether all values that the part stores cast exactly to the types that the table has now. */
    private static boolean fits(Part part, TableSchema schema) {
        return part.ref()
                .map(ref -> ref.schema().columns().stream().allMatch(stored -> schema.column(stored.name())
                        .map(column -> PartCasts.exact(stored.type(), column.type()))
                        .orElse(true)))
                .orElse(true);
    }

    private void build(PartPlan todo, TableSchema schema) {
        List<Future<Part>> building = new ArrayList<>();
        List<Part> leftovers = List.copyOf(todo.absorbed());
        Origins origins = new Origins();
        for (NewPart part : todo.built()) {
            List<Part> withFiles = building.isEmpty() ? leftovers : List.of();
            building.add(threads.submit(() -> built(part, schema, withFiles, origins)));
        }
        List<Part> built = new ArrayList<>();
        for (Future<Part> part : building) {
            built.add(await(part));
        }
        state.index().replace(todo.absorbed(), built);
    }

    private Part built(NewPart part, TableSchema schema, List<Part> leftovers, Origins origins) {
        return store.store(build.build(part, schema, leftovers, origins), settingsHash);
    }

    private Part await(Future<Part> building) {
        try {
            Part part = building.get();
            counts.partsBuilt++;
            counts.rowsBuilt += part.index().rows();
            return part;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parts were built", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a part could not be built: " + e.getCause(), e);
        }
    }

    /** The folder changed under the refresh: look at it again. */
    static final class FolderMovedException extends Exception {
        private static final long serialVersionUID = 1L;

        FolderMovedException(String message) {
            super(message);
        }
    }
}
