package io.ghala.chaos.check;

import io.ghala.chaos.history.History.Ending;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.SeenRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * At rest, every query-service and the Parquet file hold the published version, and its rows are the fold of the
 * folder.
 */
final class EndsAsTheFolder implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Ending ending = facts.history().ending();
        List<Violation> violations = new ArrayList<>();
        Set<SeenRow> folder = Set.copyOf(ending.folder());
        ending.sql().forEach(answer -> compare(Rule.FOLD, answer, Set.copyOf(answer.rows()), folder, violations));
        Set<SeenRow> shown = folder.stream().map(SeenRow::withoutVersion).collect(Collectors.toSet());
        for (Observation file : ending.parquet()) {
            Set<SeenRow> rows =
                    file.rows().stream().map(SeenRow::withoutVersion).collect(Collectors.toSet());
            compare(Rule.PARQUET, file, rows, shown, violations);
        }
        for (List<Observation> all : List.of(ending.sql(), ending.parquet())) {
            for (Observation last : all) {
                if (last.version() != ending.published()) {
                    violations.add(new Violation(
                            last.medium() == Observation.Medium.PARQUET ? Rule.PARQUET : Rule.FOLD,
                            last.reader() + " rests at version " + last.version() + ", published is "
                                    + ending.published()));
                }
            }
        }
        return violations;
    }

    private static void compare(
            Rule rule, Observation seen, Set<SeenRow> rows, Set<SeenRow> folder, List<Violation> violations) {
        if (!rows.equals(folder)) {
            violations.add(new Violation(
                    rule, "folder and " + seen.reader() + " differ: " + OneContentPerVersion.difference(folder, rows)));
        }
    }
}
