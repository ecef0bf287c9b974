package io.ghala.queryservice.store;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.StampedLock;

/**
 * The versions in {@code store.loaded}, noted outside of DuckDB too, since asking for them there takes longer than many
 * statements do. A transaction sees the versions of a {@link Moment} when it began to see anything after the moment was
 * taken and before {@link #stillAt} was asked and said so: nothing was committed in between.
 */
final class LoadedVersions {
    private final StampedLock lock = new StampedLock();
    private volatile Map<TableName, Version> versions = Map.of();

    /** A version, when it was published, and the columns that it has. */
    record Version(SnapshotVersion number, Instant publishedAt, TableSchema schema) {}

    /** What is noted, and the stamp by which it is known whether that still holds; 0 when it never did. */
    record Moment(long stamp, Map<TableName, Version> versions) {}

    /** Makes a transaction's changes seen. */
    interface Commit {
        void run() throws SQLException;
    }

    Moment moment() {
        // The stamp comes first: what is noted after it makes it invalid.
        long stamp = lock.tryOptimisticRead();
        return new Moment(stamp, versions);
    }

    boolean stillAt(Moment moment) {
        return lock.validate(moment.stamp());
    }

    /** The versions that are loaded now, a commit under way included. */
    Map<TableName, Version> now() {
        long stamp = lock.readLock();
        try {
            return versions;
        } finally {
            lock.unlockRead(stamp);
        }
    }

    /** Commits, and notes {@code changes} when that went well; an empty version is a table that goes. */
    void commit(Map<TableName, Optional<Version>> changes, Commit commit) throws SQLException {
        long stamp = lock.writeLock();
        try {
            commit.run();
            Map<TableName, Version> after = new TreeMap<>(versions);
            changes.forEach((table, version) ->
                    version.ifPresentOrElse(present -> after.put(table, present), () -> after.remove(table)));
            versions = Map.copyOf(after);
        } finally {
            lock.unlockWrite(stamp);
        }
    }
}
