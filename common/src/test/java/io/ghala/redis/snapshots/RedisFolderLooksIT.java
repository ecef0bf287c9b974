package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.FolderLooks;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.FolderLooksContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisFolderLooksIT implements FolderLooksContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public FolderLooks looks() {
        return new RedisFolderLooks(REDIS.connection());
    }

    @Override
    public Lease held(TableName table) {
        Lease lease = new Lease(table, "refresher", "mine");
        REDIS.server().client().set(KeySchema.lease(lease), lease.token());
        return lease;
    }
}
