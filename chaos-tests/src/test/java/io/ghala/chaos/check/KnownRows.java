package io.ghala.chaos.check;

import io.ghala.chaos.history.Payload;
import io.ghala.chaos.history.SeenRow;
import io.ghala.chaos.history.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every row that was seen is whole and comes from a write that may have happened, or from a plain file. */
final class KnownRows implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Set<SeenRow> rows = new HashSet<>(facts.history().ending().folder());
        facts.everything().forEach(observation -> rows.addAll(observation.rows()));
        List<Violation> violations = new ArrayList<>();
        facts.history().damages().forEach(damage -> violations.add(new Violation(Rule.TORN, damage.what())));
        for (SeenRow row : rows) {
            if (!Payload.fits(row)) {
                violations.add(new Violation(Rule.TORN, "row " + row + " is mended from several writes"));
            } else if (row.n() != Payload.BASE && row.n() < Payload.FIRST_FILE) {
                problem(facts, row).ifPresent(what -> violations.add(new Violation(Rule.INVENTED, what)));
            }
        }
        return violations;
    }

    private static Optional<String> problem(Facts facts, SeenRow row) {
        Optional<Write> write = facts.write(row.n());
        if (write.isEmpty() || write.get().kind() != Write.Kind.UPSERT) {
            return Optional.of("row " + row + " comes from no upsert");
        }
        if (!write.get().row().equals(row.id())) {
            return Optional.of(
                    "row " + row + " shows a write of row " + write.get().row());
        }
        return write.get().refused()
                ? Optional.of("row " + row + " shows a write that was refused: " + write.get())
                : Optional.empty();
    }
}
