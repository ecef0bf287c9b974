package io.ghala.intent;

import io.ghala.model.Epoch;
import io.ghala.model.TableName;
import java.util.Optional;

/** How many writes of a table wait, for status and metrics. */
public interface WriteBacklog {
    /** The epoch if the table is open for writes. */
    Optional<Epoch> epoch(TableName table);

    /** Queued, pending and dead writes, counted one after the other. */
    Backlog backlog(TableName table);

    /** Numbers of a table's stream. */
    record Backlog(long queued, long pending, long dead) {}
}
