package io.ghala.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;

/** What the project wants to reach, and whether a run did. */
public record Target(List<Bound> bounds) {
    /** Where nothing is asked for. */
    public static final Target NONE = new Target(List.of());

    public Target {
        bounds = List.copyOf(bounds);
    }

    private record Bound(String text, boolean reached) {}

    public static Target atMost(String text, double value, double bound) {
        return NONE.andAtMost(text, value, bound);
    }

    public static Target atLeast(String text, double value, double bound) {
        return NONE.andAtLeast(text, value, bound);
    }

    public Target andAtMost(String text, double value, double bound) {
        return and(text, value <= bound);
    }

    public Target andAtLeast(String text, double value, double bound) {
        return and(text, value >= bound);
    }

    private Target and(String text, boolean reached) {
        List<Bound> more = new ArrayList<>(bounds);
        more.add(new Bound(text, reached));
        return new Target(more);
    }

    String text() {
        return String.join(
                "; ",
                bounds.stream()
                        .map(bound -> bound.text() + (bound.reached() ? ": yes" : ": **no**"))
                        .toList());
    }
}
