package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.SettledWrites;
import io.ghala.intent.WriteBacklog;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.SnapshotReader;

/** The ports of queued writes, made by hand. */
public record IntentsPorts(RedisConnection redis, Nonces nonces, GhalaConfig config) {
    /** {@code snapshots} tells the key columns of tables. */
    public IntentQueue queue(SnapshotReader snapshots) {
        return new RedisIntentQueue(redis, snapshots, config);
    }

    public IntentLog log() {
        return new RedisIntentLog(redis, nonces);
    }

    public SettledWrites settled() {
        return new RedisIntentLog(redis, nonces);
    }

    public WriteBacklog backlog() {
        return new RedisIntentLog(redis, nonces);
    }

    public DeadLetters deadLetters() {
        return new RedisDeadLetters(redis, config.redis());
    }

    public CleanUpBarrier barrier() {
        return new RedisCleanUpBarrier(redis, nonces);
    }

    public CompactionRequests compactions() {
        return new RedisCompactionRequests(redis);
    }
}
