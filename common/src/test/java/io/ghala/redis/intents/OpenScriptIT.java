package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenScriptIT {
    private static final TableName T = QueuedWrites.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis(QueuedWrites.BOUNDS);

    private QueuedWrites writes;

    @BeforeEach
    void open() {
        writes = new QueuedWrites(REDIS);
    }

    @Test
    void aTableThatNobodyOpenedTakesNoWrites() {
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.empty()))
                .isInstanceOf(EnqueueResult.NotReady.class);
        assertThat(writes.log.settled(T)).isEmpty();
    }

    @Test
    void openingRaisesIdsToTheFloorAndNeverLowersThem() {
        StreamId floor = new StreamId(4_000_000_000_000L, 7);
        Epoch epoch = writes.log.open(T, floor);
        WriteToken token = writes.enqueue("1");
        assertThat(token.epoch()).isEqualTo(epoch);
        assertThat(token.id()).isGreaterThan(floor);
        writes.log.acknowledge(T, writes.log.read(T, "w", 10, Duration.ofMillis(10)), List.of());
        assertThat(writes.log.open(T, StreamId.ZERO)).isEqualTo(epoch);
        assertThat(writes.enqueue("1").id()).isGreaterThan(token.id());
    }

    @Test
    void aStreamThatIsBehindTheFolderLostWritesAndItsTokensAreNotKnownAnyMore() {
        Epoch before = writes.log.open(T, StreamId.ZERO);
        WriteToken lost = writes.enqueue("1");
        StreamId folder = new StreamId(lost.id().millis() + 60_000, 0);
        Epoch after = writes.log.open(T, folder);
        assertThat(after).isNotEqualTo(before);
        assertThat(writes.queue.state(T, lost)).isInstanceOf(WriteState.Unknown.class);
        WriteToken next = writes.enqueue("1");
        assertThat(next.epoch()).isEqualTo(after);
        assertThat(next.id()).isGreaterThan(folder);
        assertThat(writes.log.open(T, folder)).isEqualTo(after);
    }
}
