package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StateScriptIT {
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
    void aTokenOfAnotherEpochIsUnknown() {
        WriteToken token = writes.enqueue("1");
        REDIS.server().client().flushAll();
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Unknown.class);
        writes.log.open(T, StreamId.ZERO);
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Unknown.class);
    }

    @Test
    void aWriteIsVisibleOnceTheWatermarkPassedIt() {
        WriteToken token = writes.enqueue("1");
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Pending.class);
        writes.log.acknowledge(T, writes.log.read(T, "w", 10, Duration.ofMillis(10)), List.of("f"));
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Applied.class);
        watermark(token, token.id().before());
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Applied.class);
        watermark(token, token.id());
        assertThat(writes.queue.state(T, token)).isInstanceOf(WriteState.Visible.class);
    }

    @Test
    void aTokenThatWasNeverGivenOutIsUnknown() {
        WriteToken token = writes.enqueue("1");
        StreamId later = new StreamId(token.id().millis() + 60_000, 0);
        assertThat(writes.queue.state(T, new WriteToken(token.epoch(), later))).isInstanceOf(WriteState.Unknown.class);
    }

    private static void watermark(WriteToken token, StreamId through) {
        REDIS.server()
                .client()
                .hset(
                        KeySchema.watermark(T),
                        Map.of("epoch", token.epoch().value(), "through", through.toString(), "version", "7"));
    }
}
