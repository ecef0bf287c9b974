package io.ghala.chaos.check;

import io.ghala.chaos.history.Write;
import io.ghala.model.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/** A write has one stream id, however often it was tried again, unless Redis forgot its op id in between. */
final class AppliedOnce implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        List<Violation> violations = new ArrayList<>();
        for (Write write : facts.history().writes()) {
            NavigableSet<StreamId> ids = facts.ids(write.number());
            if (ids.size() > 1 && !facts.wipedDuring(write)) {
                violations.add(new Violation(
                        Rule.TWICE,
                        "write " + write.number() + " of row " + write.row() + " has the stream ids " + ids
                                + ", op id '" + write.opId() + "', attempts " + write.attempts()));
            }
        }
        return violations;
    }
}
