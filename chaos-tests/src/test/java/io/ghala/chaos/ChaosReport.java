package io.ghala.chaos;

import io.ghala.chaos.check.Rule;
import io.ghala.chaos.check.Violation;
import io.ghala.chaos.history.History;
import io.ghala.chaos.history.Observation;
import io.ghala.chaos.history.Observation.Medium;
import io.ghala.chaos.history.Write;
import io.ghala.chaos.nemesis.Fault;
import io.ghala.chaos.nemesis.FaultCounts;
import io.ghala.chaos.nemesis.Supervisor;
import java.util.List;
import java.util.function.Predicate;

/** Counts of a run as a Markdown table. */
final class ChaosReport {
    private final StringBuilder out = new StringBuilder();

    private ChaosReport() {}

    static String of(
            long seed, FaultCounts faults, Supervisor supervisor, History history, List<Violation> violations) {
        ChaosReport report = new ChaosReport();
        report.out.append("Seed ").append(seed).append("\n\n| what | count |\n|---|---:|\n");
        for (Fault fault : Fault.values()) {
            report.row(fault.title(), faults.of(fault));
        }
        report.row("stream-workers that ended at their step", supervisor.failPointsHit());
        supervisor.exits().forEach(report::row);
        report.row("writes asked for", history.writes().size());
        report.row("queued for certain", count(history, write -> !write.tokens().isEmpty()));
        report.row(
                "never answered for certain",
                count(history, write -> write.tokens().isEmpty() && write.uncertain()));
        report.row(
                "tried more than once", count(history, write -> write.attempts().size() > 1));
        report.row("tables read by SQL", observed(history, Medium.SQL, any -> true));
        report.row("of these with a token", observed(history, Medium.SQL, read -> read.after()
                .isPresent()));
        report.row("versions read from Redis", observed(history, Medium.REDIS, any -> true));
        report.row("Parquet files read", observed(history, Medium.PARQUET, any -> true));
        report.row("dead letters at the end", history.ending().dead().size());
        for (Rule rule : Rule.values()) {
            report.row(rule.title(), (int) violations.stream()
                    .filter(violation -> violation.rule() == rule)
                    .count());
        }
        return report.out.toString();
    }

    private void row(String what, int count) {
        out.append("| ").append(what).append(" | ").append(count).append(" |\n");
    }

    private static int count(History history, Predicate<Write> which) {
        return (int) history.writes().stream().filter(which).count();
    }

    private static int observed(History history, Medium medium, Predicate<Observation> which) {
        return (int) history.observations().stream()
                .filter(observation -> observation.medium() == medium)
                .filter(which)
                .count();
    }
}
