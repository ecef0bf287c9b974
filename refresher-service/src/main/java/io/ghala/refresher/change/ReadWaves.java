package io.ghala.refresher.change;

import io.ghala.model.KeyColumn;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.FreshPart;
import io.ghala.refresher.index.FreshPart.ReadFile;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.read.ReadFiles;
import io.ghala.refresher.read.ReadFiles.FileRows;
import io.ghala.refresher.read.ReadFiles.Refused;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.state.TableState;
import io.ghala.refresher.state.TakenOutFiles;
import io.ghala.snapshot.RefusedFile;
import io.ghala.type.TableEvidence;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the files of a change in waves, so that the tokens of many fit in memory. For one change. */
public final class ReadWaves {
    private final TableState state;
    private final ReadFiles read;
    private final Supplier<TableFileReader> readers;
    private final FitTypes fit;
    private final TakenOutFiles out;
    private final KeepRefused refused;
    private final KeyColumn keyColumn;
    private final Clock clock;
    private Cost cost = Cost.NOTHING;
    private long bytesRead;
    private long rowsRead;

    /** {@code readers} makes a reader of the table's files for one thread. */
    public ReadWaves(
            TableState state,
            ReadFiles read,
            Supplier<TableFileReader> readers,
            FitTypes fit,
            TakenOutFiles out,
            KeepRefused refused,
            KeyColumn keyColumn,
            Clock clock) {
        this.state = state;
        this.read = read;
        this.readers = readers;
        this.fit = fit;
        this.out = out;
        this.refused = refused;
        this.keyColumn = keyColumn;
        this.clock = clock;
    }

    /**
     * Reads the next files of the queue as a part; empty where none of them has rows to show. Known ones among them are
     * added to {@code gone}, to come again with the part.
     *
     * @throws FolderMovedException when a known file has gone meanwhile
     */
    Optional<Part> next(ReadQueue queue, Set<String> gone) throws FolderMovedException {
        ReadFiles.Result result = read.read(queue.files(), readers);
        requireKnown(result.vanished());
        long now = clock.millis();
        List<Refused> unusable = new ArrayList<>(result.refused());
        List<ReadFile> files = new ArrayList<>(result.read().size());
        for (FileRows one : result.read()) {
            Optional<String> unfit = fit.problem(one.rows());
            Optional<String> unloadable = out.problem(one.file());
            if (unloadable.isPresent()) {
                state.refuse(one.file(), now, RefusedFile.Kind.REFUSED, unloadable.get());
                replace(one.file(), gone);
            } else if (unfit.isPresent()) {
                unusable.add(new Refused(one.file(), unfit.get()));
            } else {
                take(one, now, files, gone);
            }
        }
        unusable.sort(Comparator.comparing(one -> one.file().name()));
        unusable.forEach(one -> refuse(one, now, files, gone));
        cost = cost.and(Cost.ofFilesRead(result.read().size() + result.refused().size()));
        queue.left(result.left());
        return files.isEmpty() ? Optional.empty() : Optional.of(FreshPart.of(files, keyColumn));
    }

    private void requireKnown(List<FoundFile> vanished) throws FolderMovedException {
        for (FoundFile file : vanished) {
            if (state.index().file(file.name()) != null) {
                throw new FolderMovedException("file " + file.name() + " has gone while it was to be read again");
            }
        }
    }

    private void take(FileRows one, long nowMs, List<ReadFile> files, Set<String> gone) {
        FoundFile file = one.file();
        bytesRead += file.stamp().size();
        for (SourceRows source : one.rows()) {
            rowsRead += source.rows();
        }
        state.forgive(file.name());
        state.taken(file.name(), nowMs);
        add(file, one.rows(), nowMs, files, gone);
    }

    private void refuse(Refused one, long nowMs, List<ReadFile> files, Set<String> gone) {
        Optional<List<SourceRows>> before = refused.refuse(one, nowMs);
        if (before.isPresent()) {
            add(one.file(), before.get(), nowMs, files, gone);
        } else {
            replace(one.file(), gone);
        }
    }

    private void add(FoundFile file, List<SourceRows> rows, long nowMs, List<ReadFile> files, Set<String> gone) {
        files.add(new ReadFile(new KnownFile(file.name(), file.stamp(), nowMs, evidence(rows)), rows));
        replace(file, gone);
    }

    private void replace(FoundFile file, Set<String> gone) {
        if (state.index().file(file.name()) != null) {
            gone.add(file.name());
        }
    }

    /** What plain rows say about types; writes are counted by the index, as they win or not. */
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
    long rowsToCome(ReadQueue queue) {
        return (long) ((double) queue.bytes() / Math.max(1, bytesRead) * rowsRead);
    }

    Cost cost() {
        return cost;
    }
}
