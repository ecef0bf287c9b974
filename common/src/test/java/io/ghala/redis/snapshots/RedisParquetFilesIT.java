package io.ghala.redis.snapshots;

import io.ghala.snapshot.ParquetFiles;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.ParquetFilesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisParquetFilesIT implements ParquetFilesContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public ParquetFiles files() {
        return new RedisParquetFiles(REDIS.connection());
    }
}
