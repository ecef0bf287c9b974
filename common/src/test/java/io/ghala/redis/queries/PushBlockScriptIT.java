package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PushBlockScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static long push(boolean always) {
        return PushBlockScript.run(REDIS.connection(), "q1", new byte[] {'B', 0, -1}, 2, always);
    }

    @Test
    void nothingIsPushedForAClientThatLeft() {
        assertThat(push(true)).isEqualTo(-1);
        assertThat(REDIS.server().client().exists(KeySchema.answer("q1"))).isFalse();
    }

    @Test
    void onlySoManyBlocksLieUnreadUnlessTheyMustGoOut() {
        REDIS.server().client().set(KeySchema.alive("q1"), "1");
        assertThat(push(false)).isEqualTo(1);
        assertThat(push(false)).isEqualTo(1);
        assertThat(push(false)).isZero();
        assertThat(push(true)).isEqualTo(1);
        byte[] key = KeySchema.answer("q1").getBytes(StandardCharsets.UTF_8);
        assertThat(REDIS.server().client().llen(key)).isEqualTo(3);
        assertThat(REDIS.server().client().lpop(key)).isEqualTo(new byte[] {'B', 0, -1});
        assertThat(REDIS.server().client().pttl(key)).isBetween(1L, 60_000L);
    }
}
