package io.ghala.chaos.check;

import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Payload;
import io.ghala.chaos.history.SeenRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whoever sees a version, in SQL, in Redis or in the Parquet file, sees the same rows, each once, and every plain file
 * wholly or not at all.
 */
final class OneContentPerVersion implements Check {
    private record Content(Set<SeenRow> rows, String seenBy) {}

    @Override
    public List<Violation> violations(Facts facts) {
        List<Violation> violations = new ArrayList<>();
        Map<Long, Content> contents = new HashMap<>();
        for (Observation observation : facts.everything()) {
            String seenBy = observation.medium() + " " + observation.reader();
            String at = " in version " + observation.version() + " by " + seenBy;
            Set<SeenRow> rows =
                    observation.rows().stream().map(SeenRow::withoutVersion).collect(Collectors.toSet());
            Set<String> ids = new HashSet<>();
            observation.rows().stream()
                    .filter(row -> !ids.add(row.id()))
                    .forEach(row -> violations.add(new Violation(Rule.MIXED, "row " + row.id() + " twice" + at)));
            parts(rows)
                    .forEach((file, count) -> violations.add(new Violation(
                            Rule.MIXED, count + " of " + Payload.FILE_ROWS + " rows of file " + file + at)));
            Content known = contents.putIfAbsent(observation.version(), new Content(rows, seenBy));
            if (known != null && !known.rows().equals(rows)) {
                violations.add(new Violation(
                        Rule.MIXED, known.seenBy() + " saw other rows" + at + ": " + difference(known.rows(), rows)));
            }
        }
        return violations;
    }

    private static Map<Long, Long> parts(Set<SeenRow> rows) {
        Map<Long, Long> counts = rows.stream()
                .filter(row -> row.n() >= Payload.FIRST_FILE)
                .collect(Collectors.groupingBy(SeenRow::n, HashMap::new, Collectors.counting()));
        counts.values().removeIf(count -> count == Payload.FILE_ROWS);
        return counts;
    }

    static String difference(Set<SeenRow> one, Set<SeenRow> other) {
        Set<SeenRow> gone = new HashSet<>(one);
        gone.removeAll(other);
        Set<SeenRow> come = new HashSet<>(other);
        come.removeAll(one);
        return "only the first has " + gone + ", only the second has " + come;
    }
}
