package io.ghala.redis.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.redis.wire.KeySchema;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

class SendStatementScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    @Test
    void aStatementIsSentWithItsDeadlineByTheClockOfRedis() {
        long before = REDIS.connection().nowMs();
        String entry = SendStatementScript.run(REDIS.connection(), "q1", "{}", Duration.ofSeconds(5), 15_000);
        StreamEntry sent = REDIS.server()
                .client()
                .xrange(KeySchema.REQUESTS, (StreamEntryID) null, null, 2)
                .get(0);
        assertThat(sent.getID().toString()).isEqualTo(entry);
        assertThat(sent.getFields()).containsEntry("id", "q1").containsEntry("request", "{}");
        assertThat(Long.parseLong(String.valueOf(sent.getFields().get("deadline_ms"))))
                .isBetween(before + 5_000, REDIS.connection().nowMs() + 5_000);
        assertThat(REDIS.server().client().pttl(KeySchema.alive("q1"))).isBetween(1L, 15_000L);
    }
}
