package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.resps.StreamConsumerInfo;

class DeleteIdleConsumerScriptIT {
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
    void onlyAConsumerThatHoldsNothingGoes() {
        writes.enqueue("1");
        List<Entry> held = writes.log.read(T, "busy", 10, Duration.ofMillis(10));
        DeleteIdleConsumerScript.run(REDIS.connection(), T, "busy");
        assertThat(consumers()).containsExactly("busy");
        writes.log.acknowledge(T, held, List.of());
        DeleteIdleConsumerScript.run(REDIS.connection(), T, "busy");
        assertThat(consumers()).isEmpty();
    }

    @Test
    void aTableThatIsNotOpenHasNone() {
        writes.log.removeIdleConsumers(new TableName("other"), "w", Duration.ZERO);
        assertThat(REDIS.server().client().exists(KeySchema.intents(new TableName("other"))))
                .isFalse();
    }

    private static List<String> consumers() {
        return REDIS.server().client().xinfoConsumers(KeySchema.intents(T), KeySchema.WORKERS).stream()
                .map(StreamConsumerInfo::getName)
                .toList();
    }
}
