package io.ghala.chaos.check;

import java.util.ArrayList;
import java.util.List;

/** A read with a token holds the write of the token. */
final class FreshReads implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        List<Violation> violations = new ArrayList<>();
        facts.history().observations().forEach(read -> read.after()
                .flatMap(write -> new Holding(facts, read.rows(), read.ended())
                        .missing(
                                write.row(),
                                write.token().id(),
                                "read with its token at version " + read.version() + " of " + read.reader()))
                .ifPresent(missing -> violations.add(new Violation(Rule.STALE, missing.what()))));
        return violations;
    }
}
