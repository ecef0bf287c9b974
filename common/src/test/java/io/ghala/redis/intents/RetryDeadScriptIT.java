package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.RowCondition;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryDeadScriptIT {
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
    void aRetriedLetterBecomesANewWriteThatKeepsItsOpId() {
        Optional<OpId> op = Optional.of(new OpId("op"));
        WriteToken token = ((EnqueueResult.Queued) writes.queue.enqueue(T, QueuedWrites.upsert("1"), op)).token();
        writes.log.bury(T, writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "no");
        WriteToken again = ((DeadLetters.Retry.Queued) writes.dead.retry(T, token.id(), DeadLetters.Force.YES)).token();
        assertThat(writes.dead.count(T)).isZero();
        assertThat(writes.queue.token(T, new OpId("op"))).contains(again);
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("1"), op)).isEqualTo(new EnqueueResult.Queued(again));
        assertThat(writes.log.read(T, "w", 1, Duration.ofMillis(10)))
                .singleElement()
                .isInstanceOfSatisfying(Entry.Write.class, write -> {
                    assertThat(write.intent()).isEqualTo(QueuedWrites.upsert("1"));
                    assertThat(write.opId()).isEqualTo(op);
                    assertThat(write.condition()).isEmpty();
                });
        assertThat(writes.dead.retry(T, new StreamId(1, 1), DeadLetters.Force.NO))
                .isInstanceOf(DeadLetters.Retry.Refused.class);
    }

    @Test
    void withoutForceItIsAppliedOnlyIfNoLaterWriteWas() {
        WriteToken token = writes.enqueue("1");
        writes.log.bury(T, writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "no");
        assertThat(writes.dead.retry(T, token.id(), DeadLetters.Force.NO)).isInstanceOf(DeadLetters.Retry.Queued.class);
        assertThat(writes.dead.retry(T, token.id(), DeadLetters.Force.NO))
                .isInstanceOfSatisfying(DeadLetters.Retry.Refused.class, refused -> assertThat(refused.reason())
                        .contains("queued again"));
        assertThat(writes.log.read(T, "w", 10, Duration.ofMillis(10)))
                .singleElement()
                .isInstanceOfSatisfying(Entry.Write.class, write -> assertThat(write.condition())
                        .contains(new RowCondition.NotAfter(token.id())));
    }

    @Test
    void aFullBacklogKeepsTheLetter() {
        WriteToken token = writes.enqueue("1");
        writes.log.bury(T, writes.log.read(T, "w", 1, Duration.ofMillis(10)).get(0), "no");
        for (int i = 0; i < 5; i++) {
            writes.enqueue("x" + i);
        }
        assertThat(writes.dead.retry(T, token.id(), DeadLetters.Force.YES))
                .isInstanceOf(DeadLetters.Retry.Refused.class);
        assertThat(writes.dead.find(T, token.id())).isPresent();
    }
}
