package io.ghala.redis.intents;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Raises a barrier in the place of the one before: nobody has passed it yet.
 *
 * <p>KEYS barrier. ARGV name.
 */
final class RaiseBarrierScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            redis.call('HSET', KEYS[1], 'barrier', ARGV[1])
            for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
              if field ~= 'barrier' then redis.call('HDEL', KEYS[1], field) end
            end
            return 'ok'
            """);

    private RaiseBarrierScript() {}

    static void run(RedisConnection redis, TableName table, String name) {
        redis.call(r -> SCRIPT.run(r, List.of(KeySchema.barrier(table)), List.of(name)));
    }
}
