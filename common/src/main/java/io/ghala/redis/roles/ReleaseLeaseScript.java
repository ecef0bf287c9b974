package io.ghala.redis.roles;

import io.ghala.lease.Lease;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Gives back a lease if it is still held.
 *
 * <p>KEYS lease. ARGV token. Returns how many keys went.
 */
final class ReleaseLeaseScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """);

    private ReleaseLeaseScript() {}

    static void run(RedisConnection redis, Lease lease) {
        redis.call(r -> SCRIPT.run(r, List.of(KeySchema.lease(lease)), List.of(lease.token())));
    }
}
