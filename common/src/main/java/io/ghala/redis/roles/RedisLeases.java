package io.ghala.redis.roles;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/** Leases as keys with a time to live whose value is the holder's token. */
public final class RedisLeases implements Leases {
    /** KEYS lease; ARGV token, time to live in ms. Returns 1 when extended, 0 when the lease is not held. */
    private static final LuaScript RENEW = new LuaScript("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('PEXPIRE', KEYS[1], ARGV[2])
            return 1
            """);
    /** KEYS lease; ARGV token. */
    private static final LuaScript RELEASE = new LuaScript("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """);

    private final RedisConnection redis;
    private final Nonces nonces;
    private final long timeToLiveMs;

    @Inject
    public RedisLeases(RedisConnection redis, Nonces nonces, RedisSettings settings) {
        this.redis = redis;
        this.nonces = nonces;
        this.timeToLiveMs = settings.leaseTtl().toMillis();
    }

    @Override
    public Optional<Lease> acquire(TableName table, String role) {
        Lease lease = new Lease(table, role, nonces.next() + nonces.next());
        String answer = redis.call(r -> r.set(
                KeySchema.lease(table, role),
                lease.token(),
                SetParams.setParams().nx().px(timeToLiveMs)));
        return "OK".equals(answer) ? Optional.of(lease) : Optional.empty();
    }

    @Override
    public boolean renew(Lease lease) {
        Object renewed =
                redis.call(r -> RENEW.run(r, List.of(key(lease)), List.of(lease.token(), Long.toString(timeToLiveMs))));
        return Long.valueOf(1).equals(renewed);
    }

    @Override
    public void release(Lease lease) {
        redis.call(r -> RELEASE.run(r, List.of(key(lease)), List.of(lease.token())));
    }

    public static String key(Lease lease) {
        return KeySchema.lease(lease.table(), lease.role());
    }
}
