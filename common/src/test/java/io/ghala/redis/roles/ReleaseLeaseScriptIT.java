package io.ghala.redis.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReleaseLeaseScriptIT {
    private static final TableName T = new TableName("orders");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private RedisLeases leases;

    @BeforeEach
    void open() {
        leases = new RedisLeases(
                REDIS.connection(), REDIS.nonces(), REDIS.config().redis());
    }

    @Test
    void onlyItsHolderReleasesALease() {
        Lease lease = leases.acquire(T, "refresher").orElseThrow();
        ReleaseLeaseScript.run(REDIS.connection(), new Lease(T, "refresher", "1".repeat(32)));
        assertThat(leases.acquire(T, "refresher")).isEmpty();
        ReleaseLeaseScript.run(REDIS.connection(), lease);
        assertThat(leases.renew(lease)).isFalse();
        assertThat(leases.acquire(T, "refresher")).isPresent();
    }
}
