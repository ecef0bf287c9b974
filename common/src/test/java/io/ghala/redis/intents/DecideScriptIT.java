package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DecideScriptIT {
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
    void theFirstDecisionOfAConditionalWriteCounts() {
        WriteToken token = writes.enqueue("1");
        List<Entry> entries = writes.log.read(T, "w", 1, Duration.ofMillis(10));
        assertThat(writes.log
                        .decide(T, token.id(), Optional.of("it changed"))
                        .orElseThrow()
                        .against())
                .contains("it changed");
        assertThat(writes.log
                        .decide(T, token.id(), Optional.empty())
                        .orElseThrow()
                        .against())
                .contains("it changed");
        writes.log.acknowledge(T, entries, List.of());
        assertThat(writes.log.decide(T, token.id(), Optional.empty())).isEmpty();
        assertThat(REDIS.server().client().exists(KeySchema.cas(T))).isFalse();
    }
}
