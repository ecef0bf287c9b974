package io.ghala.redis.queries;

import io.ghala.query.StatementLosses;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.StatementLossesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisStatementLossesIT implements StatementLossesContract {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Override
    public StatementLosses losses() {
        return new RedisStatementLosses(REDIS.connection());
    }
}
