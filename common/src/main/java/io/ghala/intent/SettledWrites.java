package io.ghala.intent;

import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import java.util.Optional;

/** Up to where the writes of a table are done: durable in its folder, or dead. */
public interface SettledWrites {
    /**
     * Last delivered id, smallest pending id and end of the log of applied files, read in one script: the id up to
     * which nothing is pending any more, and up to where the log names the files of all that. Empty while the table is
     * not open.
     */
    Optional<Settled> settled(TableName table);

    /**
     * All entries of {@code epoch} up to {@code through} are acknowledged or dead, and their files are logged before
     * {@code logEnd}.
     */
    record Settled(Epoch epoch, StreamId through, AppliedLog.Cursor logEnd) {}
}
