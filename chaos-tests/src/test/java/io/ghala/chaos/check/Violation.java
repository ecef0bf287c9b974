package io.ghala.chaos.check;

/** One broken promise. */
public record Violation(Rule rule, String what) {
    @Override
    public String toString() {
        return rule + ": " + what;
    }
}
