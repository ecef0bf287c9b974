package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;

class TakeStatementScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @BeforeEach
    void group() {
        REDIS.server().client().xgroupCreate(KeySchema.REQUESTS, KeySchema.REPLICAS, new StreamEntryID(), true);
    }

    private static boolean take(String entry, long deadlineMs) {
        return TakeStatementScript.run(REDIS.connection(), "q1", entry, "me", 10_000, Long.toString(deadlineMs));
    }

    @Test
    void whatIsTakenIsGoneForEverybodyElse() {
        String entry = SendStatementScript.run(REDIS.connection(), "q1", "{}", Duration.ofSeconds(5), 15_000);
        assertThat(take(entry, REDIS.connection().nowMs() + 5_000)).isTrue();
        assertThat(REDIS.server().client().xlen(KeySchema.REQUESTS)).isZero();
        assertThat(REDIS.server().client().get(KeySchema.run("q1"))).isEqualTo("me");
    }

    @Test
    void afterItsDeadlineItIsTakenOutAndNotRun() {
        String entry = SendStatementScript.run(REDIS.connection(), "q1", "{}", Duration.ofSeconds(5), 15_000);
        assertThat(take(entry, REDIS.connection().nowMs() - 1)).isFalse();
        assertThat(REDIS.server().client().xlen(KeySchema.REQUESTS)).isZero();
    }
}
