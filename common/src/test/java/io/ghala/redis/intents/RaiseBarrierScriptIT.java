package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.intent.CleanUpBarrier;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.testing.RealRedis;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RaiseBarrierScriptIT {
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
    void aBarrierIsPassedByWhoeverBeginsARoundAfterIt() throws Exception {
        CleanUpBarrier barrier = new RedisCleanUpBarrier(REDIS.connection(), REDIS.nonces());
        writes.log.begin(T, "early");
        String name = barrier.raise(T);
        assertThat(barrier.passed(T, name)).isEmpty();
        writes.log.begin(T, "late");
        assertThat(barrier.passed(T, name)).containsExactly("late");
        String next = barrier.raise(T);
        assertThat(barrier.passed(T, next)).isEmpty();
        assertThatThrownBy(() -> barrier.passed(T, name)).isInstanceOf(CleanUpBarrier.ReplacedException.class);
    }
}
