package io.ghala.redis.snapshots;

import io.ghala.snapshot.UnloadableVersions;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.UnloadableVersionsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisUnloadableVersionsIT implements UnloadableVersionsContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public UnloadableVersions versions() {
        return new RedisUnloadableVersions(REDIS.connection());
    }
}
