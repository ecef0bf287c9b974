package io.ghala.redis.intents;

import io.ghala.intent.CompactionRequests;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;

/** A wish for a clean-up as a key that is there or not. */
final class RedisCompactionRequests implements CompactionRequests {
    private final RedisConnection redis;

    @Inject
    RedisCompactionRequests(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void ask(TableName table) {
        redis.call(r -> r.set(KeySchema.compact(table), "1"));
    }

    @Override
    public boolean take(TableName table) {
        return redis.call(r -> r.del(KeySchema.compact(table))) > 0;
    }
}
