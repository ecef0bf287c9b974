package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.List;

/**
 * Notes a look at a folder by the clock of Redis, since the clocks of machines differ.
 *
 * <p>KEYS looked, lease. ARGV lease token, version, milliseconds since the look began. The value is {@code version
 * time-in-ms}. Returns 1, or 0 when the lease is another's.
 */
final class LookedScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(ARGV[3])
            redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. string.format('%.0f', ms))
            return 1
            """);

    private LookedScript() {}

    /** Returns whether it was noted. */
    static boolean run(RedisConnection redis, TableName table, SnapshotVersion version, Duration ago, Lease lease) {
        List<String> keys = List.of(KeySchema.looked(table), KeySchema.lease(lease));
        List<String> arguments = List.of(lease.token(), version.toString(), Long.toString(ago.toMillis()));
        return (Long) redis.call(r -> SCRIPT.run(r, keys, arguments)) == 1;
    }
}
