package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Notes that an instance runs statements and from when on it counts as lost to them.
 *
 * <p>KEYS lost. ARGV ms until it counts, memory ms, members. Forgets what is older than the memory.
 */
final class NoteLossesScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            for i = 3, #ARGV do redis.call('ZADD', KEYS[1], ms + ARGV[1], ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms - ARGV[2])
            redis.call('PEXPIRE', KEYS[1], 2 * ARGV[2])
            return 'ok'
            """);

    private NoteLossesScript() {}

    /** {@code arguments} as above. */
    static void run(RedisConnection redis, List<String> arguments) {
        redis.call(r -> SCRIPT.run(r, List.of(KeySchema.LOST), arguments));
    }
}
