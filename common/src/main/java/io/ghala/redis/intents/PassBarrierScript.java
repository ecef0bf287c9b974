package io.ghala.redis.intents;

import io.ghala.model.Epoch;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * Passes the barrier of a clean-up, if there is one.
 *
 * <p>KEYS epoch, barrier. ARGV stage. Returns the epoch or empty. A full Redis refuses to note the passing but must not
 * keep a worker from draining the stream.
 */
final class PassBarrierScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local barrier = redis.call('HGET', KEYS[2], 'barrier')
            if barrier and redis.call('HGET', KEYS[2], ARGV[1]) ~= barrier then
              redis.pcall('HSET', KEYS[2], ARGV[1], barrier)
            end
            local epoch = redis.call('GET', KEYS[1]) or ''
            return string.match(epoch, '^%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$') or ''
            """);

    private PassBarrierScript() {}

    /** Returns the table's epoch, empty while the table is not open. */
    static Optional<Epoch> run(RedisConnection redis, TableName table, String stage) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.barrier(table));
        String epoch = redis.call(r -> SCRIPT.run(r, keys, List.of(stage))).toString();
        return epoch.isEmpty() ? Optional.empty() : Optional.of(new Epoch(epoch));
    }
}
