package io.ghala.redis.roles;

import io.ghala.lease.Lease;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Extends a lease that is held.
 *
 * <p>KEYS lease. ARGV token, time to live in ms. Returns 1 when extended, 0 when the lease is not held.
 */
final class RenewLeaseScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """);

    private RenewLeaseScript() {}

    /** Returns whether it is held. */
    static boolean run(RedisConnection redis, Lease lease, long timeToLiveMs) {
        List<String> arguments = List.of(lease.token(), Long.toString(timeToLiveMs));
        return Long.valueOf(1).equals(redis.call(r -> SCRIPT.run(r, List.of(KeySchema.lease(lease)), arguments)));
    }
}
