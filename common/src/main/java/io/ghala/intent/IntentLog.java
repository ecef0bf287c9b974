package io.ghala.intent;

import io.ghala.model.Epoch;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The workers' side of the intents log: a Redis stream with a consumer group per table, never trimmed by length. */
public interface IntentLog extends SettledWrites {
    /**
     * Opens the table's stream if it is not open: group at {@code floor} (the greatest stream id in the folder), last
     * id raised to it if it is lower, an epoch drawn if there is none. One script, harmless to repeat.
     */
    Epoch open(TableName table, StreamId floor);

    /**
     * Up to {@code count} entries that nobody was given yet, waiting up to {@code wait} for the first. Entries that are
     * not intents come as {@link Entry.Malformed}.
     */
    List<Entry> read(TableName table, String consumer, int count, Duration wait);

    /**
     * Begins a round of the worker whose stage is {@code stage} and which holds nothing in its hands: passes the
     * barrier of a clean-up (see {@link CleanUpBarrier}) and returns the epoch, empty while the table is not open.
     */
    Optional<Epoch> begin(TableName table, String stage);

    /**
     * Takes over up to {@code count} entries that their consumer has held for longer than {@code idle}. Pending ids
     * whose entry somebody deleted are settled on the way.
     */
    List<Entry> claim(TableName table, String consumer, Duration idle, int count);

    /**
     * Entries are durable in the folder, in the files of these names: XACK, XDEL and the names into the
     * {@link AppliedLog} in one script; announces APPLIED.
     */
    void acknowledge(TableName table, List<Entry> entries, List<String> files);

    /**
     * The entry can never be applied: dead letter, XACK and XDEL in one script. Nothing happens to one that is settled
     * already.
     */
    void bury(TableName table, Entry entry, String reason);

    /**
     * Decides whether a conditional entry is applied, once for all workers: the first proposal counts. Empty when the
     * entry is settled already.
     *
     * @param proposal the reason against applying it, empty to apply it
     */
    Optional<Decision> decide(TableName table, StreamId entry, Optional<String> proposal);

    /** Queues an {@link Entry.Marker} after everything queued so far. */
    StreamId mark(TableName table);

    /**
     * Removes consumers other than {@code self} that hold nothing and were idle for longer than {@code idle}; there are
     * none while the table is not open.
     */
    void removeIdleConsumers(TableName table, String self, Duration idle);

    /** An entry handed to a worker. */
    sealed interface Entry {
        StreamId streamId();

        Optional<OpId> opId();

        /** How often it was delivered, this time included. */
        long deliveries();

        /** A well-formed intent. */
        record Write(
                StreamId streamId,
                Intent intent,
                Optional<OpId> opId,
                Optional<RowCondition> condition,
                long deliveries)
                implements Entry {}

        /** An entry that writes nothing: once it is settled, everything before it is known to be. */
        record Marker(StreamId streamId, long deliveries) implements Entry {
            @Override
            public Optional<OpId> opId() {
                return Optional.empty();
            }
        }

        /** Something else: somebody wrote to the stream by other means. */
        record Malformed(StreamId streamId, String reason, Optional<OpId> opId, long deliveries) implements Entry {}
    }

    /** What was decided of a conditional entry: {@code against} is the reason not to apply it, empty to apply it. */
    record Decision(Optional<String> against) {}
}
