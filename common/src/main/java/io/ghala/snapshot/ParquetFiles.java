package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.util.Optional;

/**
 * What the parquet-writers last said of the consolidated files, for people who ask. The footer of a file is what
 * counts.
 */
public interface ParquetFiles {
    /** The file of {@code table} holds {@code version}. */
    void holds(TableName table, SnapshotVersion version);

    /** The file of {@code table} is not written, for {@code reason}, which says what to do. */
    void leaves(TableName table, String reason);

    /** What was said last of the file of {@code table}; empty where nothing was. */
    Optional<State> state(TableName table);

    /** The version that a file holds, or why it is not written. */
    record State(Optional<SnapshotVersion> version, Optional<String> problem) {}
}
