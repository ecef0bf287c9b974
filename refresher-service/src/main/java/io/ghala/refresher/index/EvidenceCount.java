package io.ghala.refresher.index;

import io.ghala.refresher.type.TableEvidence;
import java.util.HashMap;
import java.util.Map;

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

    /** The join of all of it. */
    TableEvidence joined() {
        if (stale) {
            joined = counts.keySet().stream().reduce(TableEvidence.NOTHING, TableEvidence::join);
            stale = false;
        }
        return joined;
    }
}
