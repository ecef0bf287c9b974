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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;

class MoveImpossibleScriptIT {
    private static final TableName T = QueuedWrites.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private QueuedWrites writes;

    @BeforeEach
    void open() {
        writes = new QueuedWrites(REDIS);
        writes.log.open(T, StreamId.ZERO);
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream()
                .map(entry -> ((Entry.Write) entry).intent().id().text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000000-0", "999999999999999999-7", "18446744073709551615-1"})
    void whatWasQueuedAfterAnIdOfNoTimeIsHandedOutUnderAnother(String impossible) {
        writes.enqueue("before");
        // By a script, since Jedis does not read such an id.
        REDIS.server()
                .client()
                .eval(
                        "return #redis.call('XADD', KEYS[1], ARGV[1], 'op', 'upsert', 'id', 'odd', 'payload', '{}')",
                        List.of(KeySchema.intents(T)),
                        List.of(impossible));
        if (!impossible.startsWith("18446744073709551615")) {
            writes.enqueue("after");
        }
        List<Entry> first = writes.log.read(T, "w", 10, Duration.ofMillis(10));
        assertThat(first).allMatch(entry -> entry.streamId().millis() < 1_000_000_000_000_000L);
        writes.log.acknowledge(T, first, List.of());
        List<Entry> claimed = writes.log.claim(T, "w", Duration.ZERO, 10);
        writes.log.acknowledge(T, claimed, List.of());
        List<Entry> rest = writes.log.read(T, "w", 10, Duration.ofMillis(10));
        writes.log.acknowledge(T, rest, List.of());
        assertThat(ids(first)).isSubsetOf("before");
        assertThat(ids(first).size() + ids(claimed).size()).isEqualTo(1);
        assertThat(ids(rest)).isEqualTo(impossible.startsWith("1844") ? List.of("odd") : List.of("odd", "after"));
        WriteToken next = writes.enqueue("next");
        assertThat(next.id().millis()).isLessThan(1_000_000_000_000_000L);
        assertThat(ids(writes.log.read(T, "w", 10, Duration.ofMillis(10)))).containsExactly("next");
    }

    @Test
    void aStreamOfPossibleIdsStaysAsItIs() {
        writes.enqueue("1");
        StreamEntryID id = writes.only();
        assertThat(MoveImpossibleScript.run(REDIS.connection(), T)).isZero();
        assertThat(writes.only()).isEqualTo(id);
        assertThat(ids(writes.log.read(T, "w", 10, Duration.ofMillis(10)))).containsExactly("1");
    }
}
