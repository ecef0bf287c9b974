package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.query.StatementHash;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NoteLossesScriptIT {
    private static final StatementHash POISON = StatementHash.of("SELECT 1");
    private static final StatementHash OTHER = StatementHash.of("SELECT 2");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private RedisStatementLosses losses;

    @BeforeEach
    void open() {
        losses = new RedisStatementLosses(REDIS.connection());
    }

    @Test
    void aLossIsForgottenAfterTenMinutes() {
        losses.lost("a", POISON);
        losses.lost("b", POISON);
        REDIS.server().client().zincrby(KeySchema.LOST, -601_000, POISON + " a");
        assertThat(losses.refused()).isEmpty();
        losses.lost("c", OTHER);
        assertThat(REDIS.server().client().zcard(KeySchema.LOST)).isEqualTo(2);
        assertThat(REDIS.server().client().pttl(KeySchema.LOST)).isBetween(1L, 1_200_000L);
    }
}
