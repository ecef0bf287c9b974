package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.SnapshotReaderContract;

/** A table in a real Redis whose lease a test holds. */
final class RedisTables {
    static final TableName T = SnapshotReaderContract.TABLE;
    /** Nothing that was replaced stays for long. */
    static final String GRACES = "ghala.redis { blob-grace = 1ms, staging-grace = 1s }";

    private RedisTables() {}

    static RedisSnapshotStore store(RealRedis redis) {
        return new RedisSnapshotStore(
                redis.connection(), redis.nonces(), redis.config().redis());
    }

    /** A lease of the table that nobody takes away. */
    static Lease hold(RealRedis redis) {
        Lease lease = new Lease(T, "refresher", "mine");
        redis.server().client().set(KeySchema.lease(lease), lease.token());
        return lease;
    }
}
