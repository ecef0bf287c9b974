package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EnqueueScriptIT {
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
    void anOpIdGivesTheSameTokenAgainOrAConflict() {
        Optional<OpId> op = Optional.of(new OpId("op-1"));
        EnqueueResult first = writes.queue.enqueue(T, QueuedWrites.upsert("1"), op);
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("1"), op)).isEqualTo(first);
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("2"), op)).isInstanceOf(EnqueueResult.Conflict.class);
        assertThat(writes.queue.enqueue(T, new Intent.Delete(new RowId("1")), op))
                .isInstanceOf(EnqueueResult.Conflict.class);
        assertThat(REDIS.server().client().xlen(KeySchema.intents(T))).isEqualTo(1);
    }

    @Test
    void aFullBacklogIsBusyButARepeatedOpIdStillGetsItsToken() {
        EnqueueResult first = writes.queue.enqueue(T, QueuedWrites.upsert("0"), Optional.of(new OpId("a")));
        for (int i = 1; i < 5; i++) {
            writes.enqueue("x" + i);
        }
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("6"), Optional.empty()))
                .isInstanceOf(EnqueueResult.Busy.class);
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("0"), Optional.of(new OpId("a"))))
                .isEqualTo(first);
    }

    @Test
    void theMemoryOfOpIdsIsBounded() {
        for (int i = 0; i < 3; i++) {
            writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.of(new OpId("op" + i)));
        }
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.of(new OpId("op3"))))
                .isInstanceOf(EnqueueResult.Busy.class);
    }

    @Test
    void manyAreQueuedInOrderUntilThereIsNoRoom() {
        List<Request> requests = IntStream.range(0, 8)
                .mapToObj(i -> new Request(QueuedWrites.upsert("r" + i), Optional.empty()))
                .toList();
        List<EnqueueResult> results = writes.queue.enqueueAll(T, requests);
        assertThat(results).hasSize(8);
        assertThat(results.subList(0, 5)).allMatch(result -> result instanceof EnqueueResult.Queued);
        assertThat(results.subList(5, 8)).allMatch(result -> result instanceof EnqueueResult.Busy);
        assertThat(writes.log.read(T, "w", 10, Duration.ofMillis(10)))
                .extracting(entry -> ((Entry.Write) entry).intent().id().text())
                .containsExactly("r0", "r1", "r2", "r3", "r4");
    }

    @Test
    void opIdsAreForgottenAfterTheirTime() {
        for (int i = 0; i < 3; i++) {
            writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.of(new OpId("op" + i)));
            REDIS.server().client().zadd(KeySchema.opsAge(T), 1, "op" + i);
        }
        assertThat(writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.of(new OpId("op3"))))
                .isInstanceOf(EnqueueResult.Queued.class);
        assertThat(writes.queue.token(T, new OpId("op0"))).isEmpty();
        assertThat(writes.queue.token(T, new OpId("op3"))).isPresent();
    }

    @Test
    void aFullRedisRefusesAWriteWhole() throws Exception {
        REDIS.server().client().configSet("maxmemory", "1");
        try {
            assertThatThrownBy(() -> writes.queue.enqueue(T, QueuedWrites.upsert("1"), Optional.of(new OpId("op"))))
                    .isInstanceOf(RedisRefusedException.class)
                    .hasMessageContaining("maxmemory");
        } finally {
            REDIS.server().client().configSet("maxmemory", "0");
        }
        assertThat(REDIS.server().client().xlen(KeySchema.intents(T))).isZero();
        assertThat(REDIS.server().client().exists(KeySchema.ops(T))).isFalse();
    }
}
