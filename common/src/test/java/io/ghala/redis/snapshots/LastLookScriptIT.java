package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastLookScriptIT {
    private static final TableName T = new TableName("orders");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "7", "7 x", "99999999999999999999 1", "7 1 1"})
    void whatIsNoLookIsNone(String junk) {
        REDIS.server().client().set(KeySchema.looked(T), junk);
        assertThat(LastLookScript.run(REDIS.connection(), T)).isEmpty();
    }
}
