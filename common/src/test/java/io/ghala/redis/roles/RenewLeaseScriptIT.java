package io.ghala.redis.roles;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RenewLeaseScriptIT {
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
    void onlyItsHolderRenewsALease() {
        Lease lease = leases.acquire(T, "refresher").orElseThrow();
        assertThat(leases.acquire(T, "refresher")).isEmpty();
        assertThat(leases.acquire(T, "parquet")).isPresent();
        REDIS.server().client().pexpire(KeySchema.lease(lease), 1_000);
        assertThat(RenewLeaseScript.run(REDIS.connection(), new Lease(T, "refresher", "1".repeat(32)), 30_000))
                .isFalse();
        assertThat(REDIS.server().client().pttl(KeySchema.lease(lease))).isLessThanOrEqualTo(1_000);
        assertThat(RenewLeaseScript.run(REDIS.connection(), lease, 30_000)).isTrue();
        assertThat(REDIS.server().client().pttl(KeySchema.lease(lease))).isGreaterThan(20_000);
    }
}
