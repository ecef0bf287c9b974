package io.ghala.redis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;

class IntentFieldsIT {
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
    void whatOthersWriteToTheStreamIsMalformed() {
        REDIS.server().client().xadd(KeySchema.intents(T), StreamEntryID.NEW_ENTRY, Map.of("x", "y"));
        assertThat(writes.log.read(T, "w", 1, Duration.ofMillis(10)))
                .singleElement()
                .isInstanceOf(Entry.Malformed.class);
    }
}
