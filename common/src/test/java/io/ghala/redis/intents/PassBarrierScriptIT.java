package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PassBarrierScriptIT {
    private static final TableName T = QueuedWrites.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis(QueuedWrites.BOUNDS);

    private QueuedWrites writes;

    @BeforeEach
    void open() {
        writes = new QueuedWrites(REDIS);
        writes.log.open(T, StreamId.ZERO);
    }

    @Test
    void theEpochComesWithOrWithoutABarrier() {
        Epoch epoch = writes.log.epoch(T).orElseThrow();
        assertThat(PassBarrierScript.run(REDIS.connection(), T, "w")).contains(epoch);
        assertThat(REDIS.server().client().exists(KeySchema.barrier(T))).isFalse();
        RaiseBarrierScript.run(REDIS.connection(), T, "b");
        assertThat(PassBarrierScript.run(REDIS.connection(), T, "w")).contains(epoch);
        assertThat(REDIS.server().client().hgetAll(KeySchema.barrier(T))).isEqualTo(Map.of("barrier", "b", "w", "b"));
        assertThat(PassBarrierScript.run(REDIS.connection(), new TableName("other"), "w"))
                .isEmpty();
    }

    @Test
    void aFullRedisKeepsNoWorkerFromItsRound() {
        RaiseBarrierScript.run(REDIS.connection(), T, "b");
        REDIS.server().client().configSet("maxmemory", "1");
        try {
            assertThat(PassBarrierScript.run(REDIS.connection(), T, "w")).isPresent();
        } finally {
            REDIS.server().client().configSet("maxmemory", "0");
        }
        assertThat(REDIS.server().client().hgetAll(KeySchema.barrier(T))).isEqualTo(Map.of("barrier", "b"));
    }
}
