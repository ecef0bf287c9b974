package io.ghala.refresher.index;

import io.ghala.model.ColumnType;
import io.ghala.type.TableEvidence;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** How many plain files and winning writes say the same about types: evidence goes when the last of them goes. */
final class EvidenceCount {
    private final Map<TableEvidence, Integer> counts = new HashMap<>();
    private TableEvidence joined = TableEvidence.NOTHING;
    private boolean stale;

    /** {@code count} more say it. */
    void add(TableEvidence evidence, int count) {
        if (counts.merge(evidence, count, Integer::sum) == count) {
            stale = true;
        }
    }

    void remove(TableEvidence evidence) {
        Integer left = counts.computeIfPresent(evidence, (same, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            stale = true;
        }
    }

    /**
     * What decides that a column has a type: everything that asks for it alone, or else what fewest files and writes
     * say of the column.
     */
    Set<TableEvidence> decisive(String column, ColumnType type) {
        Set<TableEvidence> alone = new HashSet<>();
        Map<Integer, Set<TableEvidence>> byKinds = new HashMap<>();
        // Of kinds that are equally rare the last one counts: text rather than numbers, nested rather than text.
        Map<Integer, Integer> files = new TreeMap<>(Comparator.reverseOrder());
        counts.forEach((evidence, count) -> {
            if (evidence.hasValues(column)) {
                if (evidence.type(column).equals(Optional.of(type))) {
                    alone.add(evidence);
                }
                byKinds.computeIfAbsent(evidence.kinds(column), kinds -> new HashSet<>())
                        .add(evidence);
                files.merge(evidence.kinds(column), count, Integer::sum);
            }
        });
        if (!alone.isEmpty() || files.isEmpty()) {
            return alone;
        }
        return byKinds.getOrDefault(
                Collections.min(files.entrySet(), Map.Entry.comparingByValue()).getKey(), Set.of());
    }

    /** The join of all of it. */
    TableEvidence joined() {
        if (stale) {
            joined = counts.keySet().stream().reduce(TableEvidence.NOTHING, TableEvidence::join);
            stale = false;
        }
        return joined;
    }
}
