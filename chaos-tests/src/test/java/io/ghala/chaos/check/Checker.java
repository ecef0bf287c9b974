package io.ghala.chaos.check;

import io.ghala.chaos.history.History;
import java.util.ArrayList;
import java.util.List;

/** Holds a history to all promises. */
public final class Checker {
    private static final List<Check> CHECKS = List.of(
            new KnownRows(),
            new OneContentPerVersion(),
            new FreshReads(),
            new NothingUndone(),
            new QueuedIsApplied(),
            new AppliedOnce(),
            new VersionsGrow(),
            new IdsGrow(),
            new TokensStayKnown(),
            new DeadLettersAccounted(),
            new EndsAsTheFolder());

    private Checker() {}

    /** The broken promises, empty when all were kept. */
    public static List<Violation> check(History history) {
        Facts facts = new Facts(history);
        List<Violation> violations = new ArrayList<>();
        CHECKS.forEach(check -> violations.addAll(check.violations(facts)));
        return violations;
    }
}
