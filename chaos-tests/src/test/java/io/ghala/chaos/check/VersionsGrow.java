package io.ghala.chaos.check;

import io.ghala.chaos.history.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of two reads of one reader, the one that began after the other ended sees the same version or a later one. */
final class VersionsGrow implements Check {
    @Override
    public List<Violation> violations(Facts facts) {
        Map<String, List<Observation>> readers = new HashMap<>();
        facts.everything().forEach(observation -> readers.computeIfAbsent(
                        observation.medium() + " " + observation.reader(), reader -> new ArrayList<>())
                .add(observation));
        List<Violation> violations = new ArrayList<>();
        readers.forEach((reader, reads) -> violations.addAll(backwards(reader, reads)));
        return violations;
    }

    private static List<Violation> backwards(String reader, List<Observation> reads) {
        List<Observation> byEnd = reads.stream()
                .sorted(Comparator.comparingLong(Observation::ended))
                .toList();
        List<Violation> violations = new ArrayList<>();
        long newest = 0;
        int next = 0;
        for (Observation read : reads.stream()
                .sorted(Comparator.comparingLong(Observation::invoked))
                .toList()) {
            while (next < byEnd.size() && byEnd.get(next).ended() < read.invoked()) {
                newest = Math.max(newest, byEnd.get(next++).version());
            }
            if (read.version() < newest) {
                violations.add(
                        new Violation(Rule.BACKWARDS, reader + " went from " + newest + " to " + read.version()));
            }
        }
        return violations;
    }
}
