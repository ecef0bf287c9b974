package io.ghala.refresher.verify;

import io.ghala.model.TableName;

/** Tells how many writes of a table are not in its folder yet. */
public interface QueuedWrites {
    long count(TableName table);
}
