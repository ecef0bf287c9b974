package io.ghala.redis.roles;

import io.ghala.lease.Leases;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.LeasesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLeasesIT implements LeasesContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public Leases leases() {
        return new RedisLeases(
                REDIS.connection(), REDIS.nonces(), REDIS.config().redis());
    }
}
