package io.ghala.benchmarks.figures;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of a table of figures.
 *
 * @param work what was done
 * @param ghala the figures of Ghala
 * @param peer the peer or floor with its figures
 * @param ratio what the medians give together
 * @param target what to reach, and whether it was
 */
public record Result(String work, String ghala, String peer, String ratio, Target target) {
    public static final String HEADER =
            "| work | Ghala: min / median / max | peer or floor: min / median / max | ratio |"
                    + " to reach |\n|---|---|---|---|---|";
    private static final String NOT_AVAILABLE = "n/a";

    /** Ghala over its peer, by medians. */
    public static Result over(String work, Figures ours, String peerName, Figures peer, Target target) {
        return new Result(work, ours.text(), named(peerName, peer), times(ours.median() / peer.median()), target);
    }

    /** How many times faster Ghala is than its peer, by medians. */
    public static Result faster(String work, Figures ours, String peerName, Figures peer, Target target) {
        return new Result(
                work, ours.text(), named(peerName, peer), times(peer.median() / ours.median()) + " faster", target);
    }

    /** Figures that stand for themselves. */
    public static Result alone(String work, Figures ours) {
        return new Result(work, ours.text(), "", "", Target.NONE);
    }

    /** Figures that a process may not tell. */
    public static Result alone(String work, Optional<Figures> ours) {
        return new Result(work, ours.map(Figures::text).orElse(NOT_AVAILABLE), "", "", Target.NONE);
    }

    public static String named(String peerName, Figures peer) {
        return peerName + " " + peer.text();
    }

    public static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 10 ? "%.2fx" : "%,.0fx", ratio);
    }

    public String line() {
        return "| " + String.join(" | ", work, ghala, peer, ratio, target.text()) + " |";
    }
}
