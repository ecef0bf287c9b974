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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.params.XClaimParams;

class ClaimScriptIT {
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
    void entriesOfADeadWorkerAreClaimedWithTheirCount() {
        writes.enqueue("1");
        assertThat(writes.log.read(T, "dead", 10, Duration.ofMillis(10))).hasSize(1);
        assertThat(writes.log.read(T, "alive", 10, Duration.ofMillis(10))).isEmpty();
        List<Entry> claimed = writes.log.claim(T, "alive", Duration.ZERO, 10);
        assertThat(claimed).singleElement().satisfies(entry -> assertThat(entry.deliveries())
                .isEqualTo(2));
    }

    @Test
    void thePauseBeforeATryDoublesWithEachDelivery() {
        writes.enqueue("1");
        writes.log.read(T, "dead", 10, Duration.ofMillis(10));
        REDIS.server()
                .client()
                .xclaim(
                        KeySchema.intents(T),
                        KeySchema.WORKERS,
                        "dead",
                        0,
                        XClaimParams.xClaimParams().idle(3_000).retryCount(2),
                        writes.only());
        assertThat(writes.log.claim(T, "alive", Duration.ofSeconds(2), 10)).isEmpty();
        assertThat(writes.log.claim(T, "alive", Duration.ofSeconds(1), 10)).hasSize(1);
    }

    @Test
    void anIdWhoseEntryIsGoneIsSettledOnTheWay() {
        WriteToken gone = writes.enqueue("1");
        writes.log.read(T, "dead", 10, Duration.ofMillis(10));
        REDIS.server().client().xdel(KeySchema.intents(T), writes.only());
        assertThat(writes.log.claim(T, "alive", Duration.ZERO, 10)).isEmpty();
        assertThat(writes.log.settled(T).orElseThrow().through()).isEqualTo(gone.id());
    }
}
