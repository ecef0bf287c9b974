package io.ghala.intent;

import io.ghala.model.Epoch;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The workers' side of the intents log: a Redis stream with a consumer group per table, never trimmed by length. */
public interface IntentLog {
    /**
     * Opens the table's stream if it is not open: group at {@code floor} (the greatest stream id in the folder), last id raised to it if it is
     * lower, an epoch drawn if there is none. One script, harmless to repeat.
     */
    Epoch open(TableName table, StreamId floor);

    /** The epoch if the table is open. */
    Optional<Epoch> epoch(TableName table);

    /** Up to {@code count} entries that nobody was given yet, waiting up to {@code wait} for the first. Entries that are not intents come as {@link Entry.Malformed}. */
    List<Entry> read(TableName table, String consumer, int count, Duration wait);

    /** Takes over up to {@code count} entries that their consumer has held for longer than {@code idle}. */
    List<Entry> claim(TableName table, String consumer, Duration idle, int count);

    /**
     * Entries are durable in the folder, in the files of these names: XACK, XDEL and the names into the {@link AppliedLog} in one script;
     * announces APPLIED.
     */
    void acknowledge(TableName table, List<Entry> entries, List<String> files);

    /** The entry can never be applied: dead letter, XACK, XDEL and op id state in one script. */
    void bury(TableName table, Entry entry, String reason);

    /**
     * Last delivered id, smallest pending id and end of the log of applied files, read in one script: the id up to which nothing is pending
     * any more, and up to where the log names the files of all that.
     */
    Optional<Settled> settled(TableName table);

    /** Up to {@code count} dead letters, oldest first. */
    List<DeadLetter> deadLetters(TableName table, int count);

    /** Queued, pending and dead counts for status and metrics. */
    Backlog backlog(TableName table);

    /** Removes consumers other than {@code self} that hold nothing and were idle for longer than {@code idle}. */
    void removeIdleConsumers(TableName table, String self, Duration idle);

    /** An entry handed to a worker. */
    sealed interface Entry {
        StreamId streamId();

        Optional<OpId> opId();

        /** How often it was delivered, this time included. */
        long deliveries();

        /** A well-formed intent. */
        record Write(StreamId streamId, Intent intent, Optional<OpId> opId, long deliveries) implements Entry {}

        /** Something else: somebody wrote to the stream by other means. */
        record Malformed(StreamId streamId, String reason, Optional<OpId> opId, long deliveries) implements Entry {}
    }

    /** All entries of {@code epoch} up to {@code through} are acknowledged or dead, and their files are logged before {@code logEnd}. */
    record Settled(Epoch epoch, StreamId through, AppliedLog.Cursor logEnd) {}

    /** A write that could not be applied. {@code payload} is empty for deletes and malformed entries. */
    record DeadLetter(
            StreamId deadId,
            StreamId streamId,
            String op,
            String id,
            Optional<String> payload,
            String reason,
            long deliveries) {}

    /** Numbers of a table's stream. */
    record Backlog(long queued, long pending, long dead) {}
}
