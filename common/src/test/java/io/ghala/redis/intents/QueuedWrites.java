package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.snapshots.SnapshotsPorts;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import redis.clients.jedis.StreamEntryID;

/** The ports of writes on a real Redis, and writes to queue. */
final class QueuedWrites {
    static final TableName T = new TableName("orders");
    /** Room for five writes and three op ids. */
    static final String BOUNDS = "ghala.redis { backlog-max = 5, op-id-max = 3 }";

    static final int MOST = 5;

    final RedisIntentLog log;
    final RedisIntentQueue queue;
    final RedisDeadLetters dead;
    private final RealRedis redis;

    QueuedWrites(RealRedis redis) {
        GhalaConfig config = redis.config();
        SnapshotReader snapshots = new SnapshotsPorts(redis.connection(), redis.nonces(), config.redis()).snapshots();
        this.redis = redis;
        this.log = new RedisIntentLog(redis.connection(), redis.nonces());
        this.queue = new RedisIntentQueue(redis.connection(), snapshots, config);
        this.dead = new RedisDeadLetters(redis.connection(), config.redis());
    }

    static Intent upsert(String id) {
        return new Intent.Upsert(new RowId(id), "{\"v\":1}");
    }

    WriteToken enqueue(String id) {
        return ((EnqueueResult.Queued) queue.enqueue(T, upsert(id), Optional.empty())).token();
    }

    /** So many writes of as many rows, handed to a worker. */
    List<Entry> queued(int count) {
        IntStream.range(0, count).forEach(i -> enqueue("r" + i));
        return log.read(T, "w", count, Duration.ofMillis(10));
    }

    /** The one entry of the stream. */
    StreamEntryID only() {
        return redis.server()
                .client()
                .xrange(KeySchema.intents(T), (StreamEntryID) null, null, 1)
                .get(0)
                .getID();
    }
}
