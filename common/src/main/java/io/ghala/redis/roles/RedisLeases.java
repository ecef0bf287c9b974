package io.ghala.redis.roles;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.Optional;
import redis.clients.jedis.params.SetParams;

/** Leases as keys with a time to live whose value is the holder's token. */
final class RedisLeases implements Leases {

    private final RedisConnection redis;
    private final Nonces nonces;
    private final long timeToLiveMs;

    @Inject
    RedisLeases(RedisConnection redis, Nonces nonces, RedisSettings settings) {
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
        return RenewLeaseScript.run(redis, lease, timeToLiveMs);
    }

    @Override
    public void release(Lease lease) {
        ReleaseLeaseScript.run(redis, lease);
    }
}
