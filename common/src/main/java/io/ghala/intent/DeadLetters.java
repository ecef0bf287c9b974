package io.ghala.intent;

import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.util.List;
import java.util.Optional;

/** Writes that could not be applied, kept with their reason until somebody queues them again or drops them. */
public interface DeadLetters {
    /** Up to {@code count} letters that died after the letter {@code after}, oldest first; {@code 0-0} begins. */
    List<DeadLetter> list(TableName table, StreamId after, int count);

    /** The letter of the write {@code streamId}. */
    Optional<DeadLetter> find(TableName table, StreamId streamId);

    /**
     * Queues the write again as a new one and removes the letter, in one step. Unless {@code force} says otherwise the
     * new write is applied only if no later write was applied to its row, and where it had a condition of its own, only
     * under that.
     */
    Retry retry(TableName table, StreamId streamId, Force force);

    /** Removes the letter; false when there is none. Asking for the state of its write still says what became of it. */
    boolean drop(TableName table, StreamId streamId);

    /** How many letters there are. */
    long count(TableName table);

    /** Whether a write is applied even if its row has changed since. */
    enum Force {
        NO,
        YES
    }

    /**
     * A write that could not be applied.
     *
     * @param deadId where it stands among the letters
     * @param streamId of the write
     * @param op {@code upsert}, {@code delete}, or what else stood there
     * @param payload empty for deletes and malformed entries
     * @param condition of the write, as text, where it had one
     */
    record DeadLetter(
            StreamId deadId,
            StreamId streamId,
            String op,
            String id,
            Optional<String> payload,
            Optional<OpId> opId,
            Optional<String> condition,
            String reason,
            long deliveries) {}

    /** What became of the wish to queue a letter again. */
    sealed interface Retry {
        /** It is queued under a new token. */
        record Queued(WriteToken token) implements Retry {}

        /** Nothing changed: {@code reason} says why. */
        record Refused(String reason) implements Retry {}
    }
}
