package io.ghala.redis.intents;

import io.ghala.intent.CleanUpBarrier;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The barrier of a table as a hash: field {@code barrier} is its name, every other field a stage and the barrier that
 * it passed.
 */
final class RedisCleanUpBarrier implements CleanUpBarrier {
    private static final String NAME = "barrier";

    private final RedisConnection redis;
    private final Nonces nonces;

    @Inject
    RedisCleanUpBarrier(RedisConnection redis, Nonces nonces) {
        this.redis = redis;
        this.nonces = nonces;
    }

    @Override
    public String raise(TableName table) {
        String name = nonces.next();
        RaiseBarrierScript.run(redis, table, name);
        return name;
    }

    @Override
    public Set<String> passed(TableName table, String barrier) throws ReplacedException {
        Map<String, String> fields = redis.call(r -> r.hgetAll(KeySchema.barrier(table)));
        if (!barrier.equals(fields.get(NAME))) {
            throw new ReplacedException("the clean-up of table " + table + " was overtaken by another one");
        }
        return fields.entrySet().stream()
                .filter(field ->
                        !field.getKey().equals(NAME) && field.getValue().equals(barrier))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
