package io.ghala.chaos.check;

import io.ghala.chaos.history.Write;
import java.util.ArrayList;
import java.util.List;

/** At rest, every write that got a token is in the folder, unless Redis lost everything after it was asked for. */
final class QueuedIsApplied implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        List<Violation> violations = new ArrayList<>();
        Holding folder = new Holding(facts, facts.history().ending().folder(), Long.MAX_VALUE);
        for (Write write : facts.history().writes()) {
            if (write.kind() != Write.Kind.POISON && !facts.mayBeWiped(write)) {
                write.id()
                        .flatMap(id -> folder.missing(
                                write.row(), id, "write " + write.number() + " was queued, the folder at the end"))
                        .ifPresent(violations::add);
            }
        }
        return violations;
    }
}
