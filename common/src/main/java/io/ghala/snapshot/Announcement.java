package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;

/**
 * A hint that something about a table moved. Whoever follows a table compares versions on a timer as well: hints can be
 * lost.
 */
public record Announcement(TableName table, Kind kind, SnapshotVersion version) {
    /** What moved. */
    public enum Kind {
        /** A new snapshot version is published. */
        SNAPSHOT,
        /** The watermark moved while the version stayed. */
        WATERMARK,
        /** The table was withdrawn. */
        WITHDRAWN,
        /** A worker applied writes to the folder: the refresher need not wait for its next poll. */
        APPLIED,
        /** A reader asks for repair. */
        REPAIR,
        /** Somebody wants an answer that is younger than the last look at the folder. */
        LOOK
    }
}
