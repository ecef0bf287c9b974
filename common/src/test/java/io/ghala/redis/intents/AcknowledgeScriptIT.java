package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.AppliedLog.Cursor;
import io.ghala.intent.AppliedLog.Read;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcknowledgeScriptIT {
    private static final TableName T = QueuedWrites.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private QueuedWrites writes;
    private RedisAppliedLog log;

    @BeforeEach
    void open() {
        writes = new QueuedWrites(REDIS);
        writes.log.open(T, StreamId.ZERO);
        log = new RedisAppliedLog(REDIS.connection());
    }

    private Cursor end() {
        return writes.log.settled(T).orElseThrow().logEnd();
    }

    private List<Entry> queued(int count) {
        return writes.queued(count);
    }

    private Read.Names names(Cursor cursor) {
        return (Read.Names) log.since(T, cursor);
    }

    @Test
    void whatIsSettledIsLoggedBeforeTheEndThatTheSameScriptRead() {
        Cursor start = end();
        List<Entry> entries = queued(2);
        writes.log.acknowledge(T, entries.subList(0, 1), List.of("a"));
        assertThat(writes.log.settled(T).orElseThrow().through())
                .isEqualTo(entries.get(1).streamId().before());
        assertThat(names(start).next()).isEqualTo(end());
    }

    @Test
    void aBatchOfManyIsAcknowledgedWhole() {
        List<Entry> entries = queued(2500);
        writes.log.acknowledge(T, entries, List.of("ops"));
        assertThat(writes.log.backlog(T).queued()).isZero();
        assertThat(writes.log.backlog(T).pending()).isZero();
    }

    @Test
    void theLogStaysBounded() {
        IntStream.range(0, (int) KeySchema.LOG_ENTRIES + 1000)
                .forEach(i -> writes.log.acknowledge(T, List.of(), List.of("f")));
        assertThat(REDIS.server().client().xlen(KeySchema.log(T))).isLessThan(KeySchema.LOG_ENTRIES + 200);
    }

    @Test
    void aFullRedisIsDrainedAllTheSameAndReadersAreToldOfTheGap() {
        List<Entry> entries = queued(2);
        Cursor start = end();
        REDIS.server().client().configSet("maxmemory", "1");
        try {
            writes.log.acknowledge(T, entries.subList(0, 1), List.of("a"));
        } finally {
            REDIS.server().client().configSet("maxmemory", "0");
        }
        assertThat(writes.log.backlog(T).pending()).isEqualTo(1);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        Cursor after = end();
        assertThat(names(after).files()).isEmpty();
        writes.log.acknowledge(T, entries.subList(1, 2), List.of("b"));
        assertThat(log.since(T, after)).isInstanceOf(Read.Gap.class);
        assertThat(names(end()).files()).isEmpty();
    }
}
