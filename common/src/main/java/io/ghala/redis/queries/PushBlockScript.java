package io.ghala.redis.queries;

import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends a block of an answer if somebody waits for it and not too many lie unread.
 *
 * <p>KEYS answer, alive. ARGV block, most unread, 1 when the block must go out however many are unread. Returns 1 sent,
 * 0 full, -1 nobody waits.
 */
final class PushBlockScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('EXISTS', KEYS[2]) == 0 then return -1 end
            if ARGV[3] ~= '1' and redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
            redis.call('RPUSH', KEYS[1], ARGV[1])
            redis.call('PEXPIRE', KEYS[1], 60000)
            return 1
            """);

    private PushBlockScript() {}

    static long run(RedisConnection redis, String id, byte[] block, int mostUnread, boolean always) {
        List<byte[]> keys = List.of(
                KeySchema.answer(id).getBytes(StandardCharsets.UTF_8),
                KeySchema.alive(id).getBytes(StandardCharsets.UTF_8));
        List<byte[]> arguments = List.of(
                block,
                Integer.toString(mostUnread).getBytes(StandardCharsets.US_ASCII),
                (always ? "1" : "0").getBytes(StandardCharsets.US_ASCII));
        return ((Number) redis.call(r -> SCRIPT.runBinary(r, keys, arguments))).longValue();
    }
}
