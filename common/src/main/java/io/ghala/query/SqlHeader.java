package io.ghala.query;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known before the first row: the published version of each table that the answer comes from, and when it was
 * published and confirmed.
 */
public record SqlHeader(Map<TableName, TableState> tables) {
    public SqlHeader {
        tables = Map.copyOf(tables);
    }

    /**
     * {@code publishedAt} is the time of the version; {@code confirmedAt} when the look at the folder began that it
     * stands for; {@code stale} why it is not the version that is published, empty where it is or soon will be.
     */
    public record TableState(
            SnapshotVersion version, Instant publishedAt, Instant confirmedAt, Optional<String> stale) {
        public TableState(SnapshotVersion version, Instant publishedAt, Instant confirmedAt) {
            this(version, publishedAt, confirmedAt, Optional.empty());
        }
    }
}
