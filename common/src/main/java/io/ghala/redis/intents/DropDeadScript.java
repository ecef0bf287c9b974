package io.ghala.redis.intents;

import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Drops a dead letter and notes so.
 *
 * <p>KEYS dead, dead:ids. ARGV stream id. Returns 1 when there was a letter.
 */
final class DropDeadScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local letter, reason = string.match(redis.call('HGET', KEYS[2], ARGV[1]) or '', '^(%S+) (.*)$')
            if not letter or letter == '-' then return 0 end
            redis.call('HSET', KEYS[2], ARGV[1], '- it was dropped from the dead letters, after: ' .. reason)
            return redis.call('XDEL', KEYS[1], letter)
            """);

    private DropDeadScript() {}

    /** Returns whether there was one. */
    static boolean run(RedisConnection redis, TableName table, StreamId write) {
        List<String> keys = List.of(KeySchema.dead(table), KeySchema.deadIds(table));
        return Long.valueOf(1).equals(redis.call(r -> SCRIPT.run(r, keys, List.of(write.toString()))));
    }
}
