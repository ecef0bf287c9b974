package io.ghala.chaos.check;

import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.SeenRow;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What somebody saw applied at a version, in the rows or by a token that was answered, is in every later version and in
 * the folder at the end: the row shows it or a later write. This holds whatever Redis lost.
 */
final class NothingUndone implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Map<String, NavigableMap<Long, StreamId>> applied = applied(facts);
        List<Violation> violations = new ArrayList<>();
        for (Observation observation : facts.everything()) {
            Holding holding = new Holding(facts, observation.rows(), observation.ended());
            String seenBy = observation.medium() + " " + observation.reader() + " at version " + observation.version();
            applied.forEach((row, marks) -> {
                Map.Entry<Long, StreamId> mark = marks.floorEntry(observation.version());
                if (mark != null) {
                    holding.missing(row, mark.getValue(), seenBy).ifPresent(violations::add);
                }
            });
        }
        Holding folder = new Holding(facts, facts.history().ending().folder(), Long.MAX_VALUE);
        applied.forEach((row, marks) -> folder.missing(row, marks.lastEntry().getValue(), "the folder at the end")
                .ifPresent(violations::add));
        return violations;
    }

    /** For each row and version, the greatest stream id that was seen applied in it or before. */
    private static Map<String, NavigableMap<Long, StreamId>> applied(Facts facts) {
        Map<String, NavigableMap<Long, StreamId>> applied = new HashMap<>();
        for (Observation observation : facts.everything()) {
            observation
                    .after()
                    .ifPresent(write -> raise(
                            applied,
                            write.row(),
                            observation.version(),
                            write.token().id()));
            for (SeenRow row : observation.rows()) {
                if (!row.version().isEmpty()) {
                    raise(applied, row.id(), observation.version(), StreamId.parse(row.version()));
                }
            }
        }
        applied.values().forEach(NothingUndone::accumulate);
        return applied;
    }

    private static void raise(
            Map<String, NavigableMap<Long, StreamId>> applied, String row, long version, StreamId id) {
        applied.computeIfAbsent(row, name -> new TreeMap<>()).merge(version, id, NothingUndone::greater);
    }

    private static void accumulate(NavigableMap<Long, StreamId> marks) {
        StreamId greatest = StreamId.ZERO;
        for (Map.Entry<Long, StreamId> mark : marks.entrySet()) {
            greatest = greater(greatest, mark.getValue());
            mark.setValue(greatest);
        }
    }

    private static StreamId greater(StreamId one, StreamId other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
