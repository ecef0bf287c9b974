package io.ghala.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.config.ConfigLoader;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.testing.RedisServer;
import io.ghala.work.Closers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A cluster of two masters, each with half of the slots. */
class RedisClusterIT {
    private static final int SLOTS = 16_384;
    private static RedisServer first;
    private static RedisServer second;

    @BeforeAll
    static void open() {
        first = RedisServer.start("--cluster-enabled", "yes");
        second = RedisServer.start("--cluster-enabled", "yes", "--maxmemory", "50mb");
        try (Jedis one = new Jedis("127.0.0.1", first.port());
                Jedis other = new Jedis("127.0.0.1", second.port())) {
            one.clusterAddSlots(IntStream.range(0, SLOTS / 2).toArray());
            other.clusterAddSlots(IntStream.range(SLOTS / 2, SLOTS).toArray());
            one.clusterMeet("127.0.0.1", second.port());
            Awaitility.await("the cluster is whole")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> one.clusterInfo().contains("cluster_state:ok")
                            && other.clusterInfo().contains("cluster_state:ok"));
        }
    }

    @AfterAll
    static void close() throws Exception {
        first.close();
        second.close();
    }

    private static void policy(String policy) {
        try (Jedis other = new Jedis("127.0.0.1", second.port())) {
            other.configSet("maxmemory-policy", policy);
        }
    }

    private static <T> T onCluster(java.util.function.Function<RedisConnection, T> use) {
        try (Closers closers = new Closers()) {
            return use.apply(new RedisConnection(
                    ConfigLoader.of(Map.of("REDIS_URL", first.url().replace("redis://", "redis+cluster://")))
                            .load(0)
                            .redis(),
                    closers));
        }
    }

    @Test
    void everyMasterMustKeepWhatItIsGiven() {
        policy("allkeys-lru");
        assertThatThrownBy(() -> onCluster(redis -> redis.call(r -> r.get("x"))))
                .isInstanceOf(RedisRefusedException.class)
                .hasMessageContaining("127.0.0.1:" + second.port())
                .hasMessageContaining("allkeys-lru");
        policy("noeviction");
        String stored = onCluster(redis -> redis.call(r -> r.set("x", "1")));
        assertThat(stored).isEqualTo("OK");
    }

    @Test
    void theFullestMasterTellsHowMuchMayBeStored() {
        policy("noeviction");
        long free = onCluster(RedisConnection::freeBytes);
        assertThat(free).isBetween(1L, 50L * 1024 * 1024);
    }
}
