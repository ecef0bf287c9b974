package io.ghala.chaos.check;

import io.ghala.chaos.history.SeenRow;
import io.ghala.model.StreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether what a reader saw holds a write: the row shows it or a later one, or is hidden by it or a later delete.
 */
final class Holding {
    private final Facts facts;
    private final Map<String, SeenRow> rows = new HashMap<>();
    private final long ended;

    Holding(Facts facts, List<SeenRow> rows, long ended) {
        this.facts = facts;
        this.ended = ended;
        rows.forEach(row -> this.rows.put(row.id(), row));
    }

    /** What is wrong if the write {@code id} of {@code row} has to be there; empty when it is. */
    Optional<Violation> missing(String row, StreamId id, String seenBy) {
        SeenRow shown = rows.get(row);
        if (shown == null) {
            return facts.mayBeDeleted(row, id, ended)
                    ? Optional.empty()
                    : Optional.of(new Violation(
                            Rule.LOST, "row " + row + " is not there although " + id + " was applied: " + seenBy));
        }
        StreamId version = facts.versionOf(shown);
        return version.compareTo(id) >= 0
                ? Optional.empty()
                : Optional.of(new Violation(
                        version.equals(StreamId.ZERO) ? Rule.LOST : Rule.ORDER,
                        "row " + row + " shows " + version + " (write " + shown.n() + ") although " + id
                                + " was applied: " + seenBy));
    }
}
