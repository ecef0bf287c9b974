package io.ghala.worker.tidy;

import io.ghala.config.GhalaConfig.CleanUpSettings;
import io.ghala.folder.OpFileName;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.worker.stage.OpFolder;
import io.ghala.worker.stage.OpFolder.Sized;
import io.ghala.worker.stage.RowOps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * What there is to tidy up in a folder, looking only at files wholly at or below the watermark.
 *
 * @param removable files of single writes that a later one of the same row hides, and deletes that hide nothing; in the
 *     order in which they may go: lesser writes first, deletes last
 * @param merge files to be merged into one, empty for none
 * @param spentBefore deletes of the merged files that are older and hide nothing may be left out
 */
record TidyPlan(List<OpFileName> removable, List<OpFileName> merge, StreamId spentBefore) {
    /** Merging holds everything in memory. */
    private static final long MOST_BYTES = 256L * 1024 * 1024;

    /** Sizes of files that count as about the same differ less than this many powers of two. */
    private static final int TIER = 3;

    TidyPlan {
        removable = List.copyOf(removable);
        merge = List.copyOf(merge);
    }

    /** Order of removal. A crash between two removals leaves no lesser write without the delete that hides it. */
    static final Comparator<OpFileName> REMOVAL = Comparator.comparing(
                    (OpFileName name) -> name instanceof OpFileName.Delete)
            .thenComparing(OpFileName::last);

    /** Whether deletes may go at all: they may hide rows of people's files, and of files that cannot be read now. */
    enum Deletes {
        KEEP,
        MAY_GO
    }

    /** How much to merge. */
    enum Extent {
        /** By the thresholds of the settings. */
        WHEN_MANY,
        /** All, because somebody asked. */
        ALL
    }

    static TidyPlan of(
            OpFolder folder, StreamId through, long nowMs, Deletes deletes, Extent extent, CleanUpSettings settings) {
        List<Sized> settled = folder.ops().stream()
                .filter(file -> file.name().last().compareTo(through) <= 0)
                .toList();
        boolean mayGo = deletes == Deletes.MAY_GO && !folder.plainFiles();
        StreamId spentBefore =
                mayGo ? new StreamId(Math.max(0, nowMs - settings.spentAfter().toMillis()), 0) : StreamId.ZERO;
        boolean segments = folder.ops().stream().anyMatch(file -> file.name() instanceof OpFileName.Batch);
        List<OpFileName> removable = new ArrayList<>();
        List<Sized> winners = new ArrayList<>();
        for (List<Sized> row : byRow(settled).values()) {
            Sized last = row.get(row.size() - 1);
            row.subList(0, row.size() - 1).forEach(file -> removable.add(file.name()));
            boolean spent = last.name() instanceof OpFileName.Delete
                    && !segments
                    && last.name().last().compareTo(spentBefore) < 0;
            if (spent) {
                removable.add(last.name());
            } else {
                winners.add(last);
            }
        }
        removable.sort(REMOVAL);
        List<Sized> batches = settled.stream()
                .filter(file -> file.name() instanceof OpFileName.Batch)
                .toList();
        List<Sized> merge = merge(winners, batches, extent, settings);
        // A file that is not merged may hold a lesser write of the row.
        boolean all = folder.ops().stream()
                .filter(file -> file.name() instanceof OpFileName.Batch)
                .allMatch(merge::contains);
        return new TidyPlan(removable, merge.stream().map(Sized::name).toList(), all ? spentBefore : StreamId.ZERO);
    }

    /** Files of single writes by row, each list by rising stream id. */
    private static Map<RowId, List<Sized>> byRow(List<Sized> files) {
        Map<RowId, List<Sized>> rows = new HashMap<>();
        for (Sized file : files) {
            if (!(file.name() instanceof OpFileName.Batch)) {
                rows.computeIfAbsent(RowOps.idOf(file.name()), id -> new ArrayList<>())
                        .add(file);
            }
        }
        rows.values()
                .forEach(
                        row -> row.sort(Comparator.comparing(file -> file.name().last())));
        return rows;
    }

    private static List<Sized> merge(List<Sized> rows, List<Sized> batches, Extent extent, CleanUpSettings settings) {
        List<Sized> merge = new ArrayList<>();
        if (extent == Extent.ALL) {
            merge.addAll(rows);
            merge.addAll(batches);
        } else {
            if (rows.size() >= settings.mergeRows()) {
                merge.addAll(rows);
            }
            tiers(batches).values().stream()
                    .filter(tier -> tier.size() >= settings.mergeSegments())
                    .findFirst()
                    .ifPresent(merge::addAll);
        }
        return bounded(merge);
    }

    private static Map<Integer, List<Sized>> tiers(List<Sized> batches) {
        ToIntFunction<Sized> tier = file -> (Long.SIZE - Long.numberOfLeadingZeros(file.bytes())) / TIER;
        Map<Integer, List<Sized>> tiers = new TreeMap<>();
        batches.forEach(file -> tiers.computeIfAbsent(tier.applyAsInt(file), t -> new ArrayList<>())
                .add(file));
        return tiers;
    }

    private static List<Sized> bounded(List<Sized> files) {
        List<Sized> some = new ArrayList<>();
        long bytes = 0;
        for (Sized file :
                files.stream().sorted(Comparator.comparingLong(Sized::bytes)).toList()) {
            bytes += file.bytes();
            if (bytes > MOST_BYTES) {
                break;
            }
            some.add(file);
        }
        return some;
    }
}
