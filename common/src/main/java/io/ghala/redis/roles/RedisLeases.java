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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;

/** Leases as keys with a time to live whose value is the holder's token. */
final class RedisLeases implements Leases {

    private static final Logger log = LoggerFactory.getLogger(RedisLeases.class);
    private static final long NO_TIME_TO_LIVE = -1;

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
        if ("OK".equals(answer)) {
            return Optional.of(lease);
        }
        String key = KeySchema.lease(table, role);
        if (redis.call(r -> r.pttl(key)) == NO_TIME_TO_LIVE) {
            // Not one of Ghala's, which all end: so that nobody waits for it for ever.
            log.warn("lease without an end key={} next=\"it ends now\"", key);
            redis.call(r -> r.pexpire(key, timeToLiveMs));
        }
        return Optional.empty();
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
