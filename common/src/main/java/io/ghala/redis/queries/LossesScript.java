package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * The statements that instances were lost to, by the clock of Redis.
 *
 * <p>KEYS lost. ARGV memory ms. Returns the members that count now.
 */
final class LossesScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            return redis.call('ZRANGEBYSCORE', KEYS[1], ms - ARGV[1], ms)
            """);

    private LossesScript() {}

    static List<String> run(RedisConnection redis, long memoryMs) {
        List<?> members =
                (List<?>) redis.call(r -> SCRIPT.run(r, List.of(KeySchema.LOST), List.of(Long.toString(memoryMs))));
        return members.stream().map(String::valueOf).toList();
    }
}
