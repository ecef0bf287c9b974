package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettledScriptIT {
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
    void nothingSettlesPastAPendingEntry() {
        WriteToken first = writes.enqueue("1");
        WriteToken second = writes.enqueue("2");
        List<Entry> read = writes.log.read(T, "w", 10, Duration.ofMillis(10));
        assertThat(read).hasSize(2);
        writes.log.acknowledge(T, read.subList(1, 2), List.of());
        assertThat(writes.log.settled(T).orElseThrow().through()).isLessThan(first.id());
        assertThat(writes.queue.state(T, first)).isInstanceOf(WriteState.Pending.class);
        assertThat(writes.queue.state(T, second)).isInstanceOf(WriteState.Applied.class);
        writes.log.acknowledge(T, read.subList(0, 1), List.of());
        assertThat(writes.log.settled(T).orElseThrow().through()).isEqualTo(second.id());
        assertThat(REDIS.server().client().xlen(KeySchema.intents(T))).isZero();
    }

    @Test
    void aMarkerSettlesWithoutAFile() {
        StreamId mark = writes.log.mark(T);
        List<Entry> entries = writes.log.read(T, "w", 10, Duration.ofMillis(10));
        assertThat(entries).singleElement().isInstanceOf(Entry.Marker.class);
        writes.log.acknowledge(T, entries, List.of());
        assertThat(writes.log.settled(T).orElseThrow().through()).isEqualTo(mark);
    }
}
