package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.util.Optional;

/** What the parquet-writers last said of the consolidated files, for people who ask. The footer of a file is what counts. */
public interface ParquetFiles {
    /** The file of {@code table} holds {@code version}. */
    void holds(TableName table, SnapshotVersion version);

    Optional<SnapshotVersion> version(TableName table);
}
