package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatchStatementScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void theClientIsToldHowFarItsStatementIs() {
        String entry = SendStatementScript.run(REDIS.connection(), "q1", "{}", Duration.ofSeconds(5), 1_000);
        assertThat(watch(entry)).isEqualTo("waiting");
        assertThat(REDIS.server().client().pttl(KeySchema.alive("q1"))).isGreaterThan(1_000);
        REDIS.server().client().del(KeySchema.REQUESTS);
        assertThat(watch(entry)).isEqualTo("lost");
        REDIS.server().client().set(KeySchema.run("q1"), "me");
        assertThat(watch(entry)).isEqualTo("running");
        REDIS.server().client().rpush(KeySchema.answer("q1"), "E0");
        assertThat(watch(entry)).isEqualTo("answered");
    }

    private static String watch(String entry) {
        return WatchStatementScript.run(REDIS.connection(), "q1", entry, 15_000);
    }
}
