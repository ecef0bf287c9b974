package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.List;

/**
 * Sends a statement with its deadline by the clock of Redis.
 *
 * <p>KEYS requests, alive. ARGV id, request, time for the answer in ms, alive ms. Returns the stream id.
 */
final class SendStatementScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local now = redis.call('TIME')
            local deadline = string.format('%.0f', now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[3])
            redis.call('SET', KEYS[2], '1', 'PX', ARGV[4])
            return redis.call('XADD', KEYS[1], '*', 'id', ARGV[1], 'request', ARGV[2], 'deadline_ms', deadline)
            """);

    private SendStatementScript() {}

    /** Returns the id of the entry in the stream of requests. */
    static String run(RedisConnection redis, String id, String request, Duration timeout, long aliveMs) {
        List<String> keys = List.of(KeySchema.REQUESTS, KeySchema.alive(id));
        List<String> arguments = List.of(id, request, Long.toString(timeout.toMillis()), Long.toString(aliveMs));
        return redis.call(r -> SCRIPT.run(r, keys, arguments)).toString();
    }
}
