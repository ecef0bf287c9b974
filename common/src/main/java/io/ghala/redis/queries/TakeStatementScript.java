package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Takes a request out of the stream for good: what has started is never given to another.
 *
 * <p>KEYS requests, run. ARGV group, stream id, instance, run ms, deadline ms. Returns 1 when taken in time, 0 when too
 * late.
 */
final class TakeStatementScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
            redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            redis.call('XDEL', KEYS[1], ARGV[2])
            local now = redis.call('TIME')
            if now[1] * 1000 + math.floor(now[2] / 1000) > tonumber(ARGV[5]) then return 0 end
            return 1
            """);

    private TakeStatementScript() {}

    /** Returns whether it was in time; {@code entry} is the id in the stream of requests. */
    static boolean run(RedisConnection redis, String id, String entry, String instance, long runMs, String deadlineMs) {
        List<String> keys = List.of(KeySchema.REQUESTS, KeySchema.run(id));
        List<String> arguments = List.of(KeySchema.REPLICAS, entry, instance, Long.toString(runMs), deadlineMs);
        return Long.valueOf(1).equals(redis.call(r -> SCRIPT.run(r, keys, arguments)));
    }
}
