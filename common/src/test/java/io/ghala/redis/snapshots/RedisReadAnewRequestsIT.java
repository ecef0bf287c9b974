package io.ghala.redis.snapshots;

import io.ghala.folder.ReadAnewRequests;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.ReadAnewRequestsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisReadAnewRequestsIT implements ReadAnewRequestsContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public ReadAnewRequests requests() {
        return new RedisReadAnewRequests(REDIS.connection());
    }
}
