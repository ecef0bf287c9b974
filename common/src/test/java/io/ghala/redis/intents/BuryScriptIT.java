package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BuryScriptIT {
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
    void aBuriedEntryIsDeadWithItsReasonAndSettles() {
        WriteToken token = writes.enqueue("1");
        writes.log.bury(T, writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "it never fits");
        assertThat(writes.queue.state(T, token)).isEqualTo(new WriteState.Dead("it never fits"));
        assertThat(writes.dead.list(T, StreamId.ZERO, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.streamId()).isEqualTo(token.id());
            assertThat(letter.payload()).contains("{\"v\":1}");
        });
        assertThat(writes.log.settled(T).orElseThrow().through()).isEqualTo(token.id());
    }

    @Test
    void buryingTwiceMakesOneLetterAndADroppedOneIsNeverTakenForApplied() {
        WriteToken token = writes.enqueue("1");
        Entry entry = writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0);
        writes.log.bury(T, entry, "it never fits");
        writes.log.bury(T, entry, "it never fits");
        assertThat(writes.dead.count(T)).isEqualTo(1);
        assertThat(writes.dead.find(T, token.id())).isPresent();
        assertThat(writes.dead.drop(T, token.id())).isTrue();
        assertThat(writes.dead.drop(T, token.id())).isFalse();
        writes.log.bury(T, entry, "it never fits");
        assertThat(writes.dead.count(T)).isZero();
        assertThat(writes.dead.find(T, token.id())).isEmpty();
        assertThat(writes.queue.state(T, token))
                .isInstanceOfSatisfying(
                        WriteState.Dead.class,
                        state -> assertThat(state.reason()).contains("dropped").contains("it never fits"));
    }
}
