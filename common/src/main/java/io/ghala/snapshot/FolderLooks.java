package io.ghala.snapshot;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.time.Duration;
import java.util.Optional;

/**
 * When a table's folder was last looked at as a whole, and which version holds what was seen then. The age of an answer
 * counts from there: a version that nobody compares with the folder any more grows old.
 */
public interface FolderLooks {
    /**
     * Everything that was in the folder when a listing began, {@code ago} before now, is in {@code version}. Nothing
     * happens where {@code lease} is not held any more.
     */
    void looked(TableName table, SnapshotVersion version, Duration ago, Lease lease);

    /** The last look, empty where there was none since the table was published. */
    Optional<Look> last(TableName table);

    /**
     * Asks the refresher to look now rather than at its next scan. A hint: it may be lost, and is not taken more often
     * than a look takes.
     */
    void ask(TableName table);

    /** A listing that began {@code ago} before it was asked about, by the clock of the place where looks are noted. */
    record Look(SnapshotVersion version, Duration ago) {}
}
