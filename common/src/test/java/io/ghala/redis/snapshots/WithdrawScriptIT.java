package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.testing.RealRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WithdrawScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void theManifestGoesAndItsBlobsWaitForTheSweeper() {
        Lease lease = RedisTables.hold(REDIS);
        REDIS.server().client().set(KeySchema.manifest(RedisTables.T), "{}");
        WithdrawScript.run(REDIS.connection(), RedisTables.T, List.of("a", "b"), 1_234, lease);
        assertThat(REDIS.server().client().exists(KeySchema.manifest(RedisTables.T)))
                .isFalse();
        assertThat(REDIS.server().client().zmscore(KeySchema.trash(RedisTables.T), "a", "b"))
                .containsExactly(1_234.0, 1_234.0);
    }

    @Test
    void whoDoesNotHoldTheLeaseWithdrawsNothing() {
        REDIS.server().client().set(KeySchema.manifest(RedisTables.T), "{}");
        Lease zombie = new Lease(RedisTables.T, "refresher", "0".repeat(32));
        assertThatThrownBy(() -> WithdrawScript.run(REDIS.connection(), RedisTables.T, List.of("a"), 1_234, zombie))
                .isInstanceOf(LostLeaseException.class);
        assertThat(REDIS.server().client().exists(KeySchema.manifest(RedisTables.T)))
                .isTrue();
        assertThat(REDIS.server().client().exists(KeySchema.trash(RedisTables.T)))
                .isFalse();
    }
}
