package io.ghala.chaos.history;

import io.ghala.model.StreamId;
import java.util.List;
import java.util.Optional;

/**
 * One write that one client asked for, with all its attempts in order.
 *
 * @param number unique in a run; the row's column {@code n} carries it
 * @param opId empty for a write that is never tried again
 */
public record Write(int number, Kind kind, String row, String opId, List<Attempt> attempts) {
    /** What the write does. */
    public enum Kind {
        UPSERT,
        DELETE,
        /** Queued past the checks of the services, and can never be applied. */
        POISON
    }

    public Write {
        attempts = List.copyOf(attempts);
    }

    /** Times are nanoseconds of the run's clock. */
    public record Attempt(long invoked, long ended, Outcome outcome) {}

    public long invoked() {
        return attempts.get(0).invoked();
    }

    public long ended() {
        return attempts.get(attempts.size() - 1).ended();
    }

    /** The tokens that its attempts got, in order. */
    public List<Token> tokens() {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() instanceof Outcome.Queued)
                .map(attempt -> ((Outcome.Queued) attempt.outcome()).token())
                .toList();
    }

    /** The greatest stream id that it is known by. */
    public Optional<StreamId> id() {
        return tokens().stream().map(Token::id).max(StreamId::compareTo);
    }

    /** Whether it may be in the stream although no token was seen. */
    public boolean uncertain() {
        return attempts.stream().anyMatch(attempt -> attempt.outcome() instanceof Outcome.Unknown);
    }

    /** Every attempt was refused. */
    public boolean refused() {
        return attempts.stream().allMatch(attempt -> attempt.outcome() instanceof Outcome.Refused);
    }
}
