package io.ghala.chaos.history;

/** What a client learned of one attempt to write. */
public sealed interface Outcome {
    /** It is queued under this token. */
    record Queued(Token token) implements Outcome {}

    /** It was refused and left no trace. */
    record Refused(String reason) implements Outcome {}

    /** No answer came: it may be queued or not. */
    record Unknown(String reason) implements Outcome {}
}
