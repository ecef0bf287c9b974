package io.ghala.intent;

import io.ghala.model.TableName;

/** A wish for a clean-up of a table now, whatever its thresholds say. */
public interface CompactionRequests {
    /** Asks for it. */
    void ask(TableName table);

    /** Whether it was asked for since the last call. */
    boolean take(TableName table);
}
