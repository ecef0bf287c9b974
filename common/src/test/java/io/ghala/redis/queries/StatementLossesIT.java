package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.config.ConfigLoader;
import io.ghala.query.StatementHash;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.testing.RedisServer;
import io.ghala.work.Closers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementLossesIT {
    private static final StatementHash POISON = StatementHash.of("SELECT 1");
    private static final StatementHash OTHER = StatementHash.of("SELECT 2");
    private static RedisServer server;
    private static Closers closers;
    private static RedisStatementLosses losses;

    @BeforeAll
    static void open() {
        server = RedisServer.start();
        closers = new Closers();
        losses = new RedisStatementLosses(new RedisConnection(
                ConfigLoader.of(Map.of("REDIS_URL", server.url())).load(0).redis(), closers));
    }

    @AfterAll
    static void close() throws Exception {
        closers.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        server.client().flushAll();
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
        server.client().zincrby(KeySchema.LOST, -11_000, POISON + " a");
        server.client().zincrby(KeySchema.LOST, -11_000, POISON + " b");
        assertThat(losses.refused()).containsExactly(POISON);
        losses.ended("b", Set.of(POISON));
        assertThat(losses.refused()).isEmpty();
    }

    @Test
    void aLossIsForgottenAfterTenMinutes() {
        losses.lost("a", POISON);
        losses.lost("b", POISON);
        server.client().zincrby(KeySchema.LOST, -601_000, POISON + " a");
        assertThat(losses.refused()).isEmpty();
        losses.lost("c", OTHER);
        assertThat(server.client().zcard(KeySchema.LOST)).isEqualTo(2);
        assertThat(server.client().pttl(KeySchema.LOST)).isBetween(1L, 1_200_000L);
    }
}
