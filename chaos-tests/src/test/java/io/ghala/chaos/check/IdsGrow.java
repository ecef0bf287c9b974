package io.ghala.chaos.check;

import io.ghala.chaos.history.Write;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Of two writes, the one that was asked for after the other was answered has the greater stream id, also over a wiped
 * Redis.
 */
final class IdsGrow implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        List<Write> known = facts.history().writes().stream()
                .filter(write -> write.id().isPresent())
                .toList();
        List<Write> byEnd =
                known.stream().sorted(Comparator.comparingLong(Write::ended)).toList();
        List<Violation> violations = new ArrayList<>();
        StreamId greatest = StreamId.ZERO;
        int next = 0;
        for (Write write :
                known.stream().sorted(Comparator.comparingLong(Write::invoked)).toList()) {
            while (next < byEnd.size() && byEnd.get(next).ended() < write.invoked()) {
                StreamId id = byEnd.get(next++).id().orElseThrow();
                greatest = id.compareTo(greatest) > 0 ? id : greatest;
            }
            StreamId id = write.id().orElseThrow();
            if (id.compareTo(greatest) <= 0) {
                violations.add(new Violation(
                        Rule.IDS, "write " + write.number() + " has " + id + " although " + greatest + " was given"));
            }
        }
        return violations;
    }
}
