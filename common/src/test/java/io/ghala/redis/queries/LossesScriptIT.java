package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.query.StatementHash;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LossesScriptIT {
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
    void twoInstancesLostToAStatementMakeItRefused() {
        losses.lost("a", POISON);
        losses.lost("a", POISON);
        losses.lost("b", OTHER);
        assertThat(losses.refused()).isEmpty();
        losses.lost("b", POISON);
        assertThat(losses.refused()).containsExactly(POISON);
    }

    @Test
    void anInstanceThatFallsSilentCountsAsLostAndOneThatEndedTheStatementDoesNot() {
        losses.running("a", Set.of(POISON));
        losses.running("b", Set.of(POISON));
        losses.running("c", Set.of(OTHER));
        assertThat(losses.refused()).isEmpty();
        // As if the ten seconds of silence were over.
        REDIS.server().client().zincrby(KeySchema.LOST, -11_000, POISON + " a");
        REDIS.server().client().zincrby(KeySchema.LOST, -11_000, POISON + " b");
        assertThat(losses.refused()).containsExactly(POISON);
        losses.ended("b", Set.of(POISON));
        assertThat(losses.refused()).isEmpty();
    }
}
