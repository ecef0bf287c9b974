package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DropDeadScriptIT {
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
    void aLetterIsDroppedOnceAndItsFateIsRemembered() {
        WriteToken token = writes.enqueue("1");
        writes.log.bury(T, writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "no");
        assertThat(DropDeadScript.run(REDIS.connection(), T, new StreamId(1, 1)))
                .isFalse();
        assertThat(DropDeadScript.run(REDIS.connection(), T, token.id())).isTrue();
        assertThat(writes.dead.count(T)).isZero();
        assertThat(DropDeadScript.run(REDIS.connection(), T, token.id())).isFalse();
        assertThat(writes.queue.state(T, token))
                .isEqualTo(new WriteState.Dead("it was dropped from the dead letters, after: no"));
    }
}
