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

class AppliedSinceScriptIT {
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
    void namesComeInOrderAndOnlyOnce() {
        Cursor start = end();
        assertThat(names(start).files()).isEmpty();
        List<Entry> entries = queued(3);
        writes.log.acknowledge(T, entries.subList(0, 2), List.of("a", "b"));
        Read.Names first = names(start);
        assertThat(first.files()).containsExactly("a", "b");
        writes.log.acknowledge(T, entries.subList(2, 3), List.of("c"));
        assertThat(names(first.next()).files()).containsExactly("c");
        assertThat(names(start).files()).containsExactly("a", "b", "c");
    }

    @Test
    void manyPagesAreReadInOneGo() {
        Cursor start = end();
        IntStream.range(0, 2100).forEach(i -> writes.log.acknowledge(T, List.of(), List.of("f" + i)));
        assertThat(names(start).files()).hasSize(2100).startsWith("f0").endsWith("f2099");
    }

    @Test
    void aReaderBehindTheTrimmedPartIsToldOfTheGap() {
        Cursor start = end();
        writes.log.acknowledge(T, List.of(), List.of("a"));
        Cursor after = end();
        writes.log.acknowledge(T, List.of(), List.of("b"));
        REDIS.server().client().xtrim(KeySchema.log(T), 2, false);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        assertThat(names(after).files()).containsExactly("b");
        REDIS.server().client().del(KeySchema.log(T));
        assertThat(log.since(T, after)).isInstanceOf(Read.Gap.class);
    }

    @Test
    void aNewEpochIsAGap() {
        Cursor start = end();
        REDIS.server().client().flushAll();
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        writes.log.open(T, StreamId.ZERO);
        assertThat(log.since(T, start)).isInstanceOf(Read.Gap.class);
        assertThat(names(end()).files()).isEmpty();
    }
}
