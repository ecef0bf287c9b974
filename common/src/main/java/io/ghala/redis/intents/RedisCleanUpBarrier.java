package io.ghala.redis.intents;

import io.ghala.intent.CleanUpBarrier;
import io.ghala.model.Epoch;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The barrier of a table as a hash: field {@code barrier} is its name, every other field a stage and the barrier that
 * it passed.
 */
public final class RedisCleanUpBarrier implements CleanUpBarrier {
    private static final String NAME = "barrier";

    /** KEYS barrier; ARGV name. */
    private static final LuaScript RAISE = new LuaScript("""
            redis.call('HSET', KEYS[1], 'barrier', ARGV[1])
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              if field ~= 'barrier' then redis.call('HDEL', KEYS[1], field) end
            end
            return 'ok'
            """);
    /**
     * KEYS epoch, barrier; ARGV stage. Returns the epoch or empty. A full Redis refuses to note the passing but must
     * not keep a worker from draining the stream.
     */
    private static final LuaScript PASS = new LuaScript("""
            local barrier = redis.call('HGET', KEYS[2], 'barrier')
            if barrier and redis.call('HGET', KEYS[2], ARGV[1]) ~= barrier then
              redis.pcall('HSET', KEYS[2], ARGV[1], barrier)
            end
            return redis.call('GET', KEYS[1]) or ''
            """);

    private final RedisConnection redis;
    private final Nonces nonces;

    @Inject
    public RedisCleanUpBarrier(RedisConnection redis, Nonces nonces) {
        this.redis = redis;
        this.nonces = nonces;
    }

    @Override
    public String raise(TableName table) {
        String name = nonces.next();
        redis.call(r -> RAISE.run(r, List.of(KeySchema.barrier(table)), List.of(name)));
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

    static Optional<Epoch> pass(RedisConnection redis, TableName table, String stage) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.barrier(table));
        String epoch = redis.call(r -> PASS.run(r, keys, List.of(stage))).toString();
        return epoch.isEmpty() ? Optional.empty() : Optional.of(new Epoch(epoch));
    }
}
