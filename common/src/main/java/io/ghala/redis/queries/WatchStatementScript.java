package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Says that the client still waits, and tells how far its statement is.
 *
 * <p>KEYS requests, run, alive, answer. ARGV stream id, alive ms. Renews alive; returns waiting, running, answered or
 * lost.
 */
final class WatchStatementScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            redis.call('SET', KEYS[3], '1', 'PX', ARGV[2])
            if redis.call('EXISTS', KEYS[4]) == 1 then return 'answered' end
            if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) > 0 then return 'waiting' end
            if redis.call('EXISTS', KEYS[2]) == 1 then return 'running' end
            return 'lost'
            """);

    private WatchStatementScript() {}

    /** {@code entry} is the id of the entry in the stream of requests. */
    static String run(RedisConnection redis, String id, String entry, long aliveMs) {
        List<String> keys = List.of(KeySchema.REQUESTS, KeySchema.run(id), KeySchema.alive(id), KeySchema.answer(id));
        return redis.call(r -> SCRIPT.run(r, keys, List.of(entry, Long.toString(aliveMs))))
                .toString();
    }
}
