package io.ghala.redis.snapshots;

import io.ghala.folder.FileNotices;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.FileNoticesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisFileNoticesIT implements FileNoticesContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public FileNotices notices() {
        return new RedisFileNotices(REDIS.connection());
    }
}
