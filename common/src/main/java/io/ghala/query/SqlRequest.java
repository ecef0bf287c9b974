package io.ghala.query;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One read-only statement.
 *
 * @param after per table a write that the answer must hold; a token given without a table applies to the statement's only table
 * @param minVersion per table the least version that the answer may come from
 * @param maxAge how long ago the snapshots of the answer may have been confirmed at most
 * @param timeout for waiting and running together
 */
public record SqlRequest(
        String sql,
        ResultFormat format,
        Optional<WriteToken> after,
        Map<TableName, SnapshotVersion> minVersion,
        Optional<Duration> maxAge,
        Duration timeout) {
    public SqlRequest {
        minVersion = Map.copyOf(minVersion);
    }
}
