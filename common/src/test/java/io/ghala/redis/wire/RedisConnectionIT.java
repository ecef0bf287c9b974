package io.ghala.redis.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisConnectionIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void aRedisThatMayEvictIsRefused() {
        REDIS.server().client().configSet("maxmemory", "100mb");
        REDIS.server().client().configSet("maxmemory-policy", "allkeys-lru");
        try {
            assertThatThrownBy(() -> REDIS.connection().call(r -> r.get("x"))).hasMessageContaining("noeviction");
        } finally {
            REDIS.server().client().configSet("maxmemory", "0");
            REDIS.server().client().configSet("maxmemory-policy", "noeviction");
        }
    }
}
