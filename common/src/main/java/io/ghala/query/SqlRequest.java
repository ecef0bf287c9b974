package io.ghala.query;

import io.ghala.model.ResultFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One read-only statement.
 *
 * @param parameters the values of its parameters
 * @param after the writes that the answer must hold
 * @param minVersion per table the least version that the answer may come from
 * @param maxAge how long before the request the versions of the answer may have been confirmed as the newest at most
 * @param timeout for waiting and running together
 */
public record SqlRequest(
        String sql,
        SqlParameters parameters,
        ResultFormat format,
        AwaitedWrites after,
        Map<TableName, SnapshotVersion> minVersion,
        Optional<Duration> maxAge,
        Duration timeout) {
    public SqlRequest {
        minVersion = Map.copyOf(minVersion);
    }

    /** The same with {@code text} as its statement, which has the values of the parameters in it. */
    public SqlRequest bound(String text) {
        return new SqlRequest(text, SqlParameters.NONE, format, after, minVersion, maxAge, timeout);
    }
}
