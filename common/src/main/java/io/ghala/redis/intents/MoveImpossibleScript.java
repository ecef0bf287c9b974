package io.ghala.redis.intents;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Moves the entries at the end of the stream whose ids no clock gives (milliseconds of more than 15 digits) to ids of
 * now: somebody gave such an id by hand, and after it Redis gives greater ones still, or none at all. Nothing that was
 * queued is lost; the tokens of what was queued after the first of them are not known any more.
 *
 * <p>KEYS intents. ARGV group. Returns how many entries moved.
 */
final class MoveImpossibleScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local function possible(id) return #string.match(id, '^%d+') <= 15 end
            local moved = {}
            local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            while top and not possible(top[1]) do
              redis.call('XACK', KEYS[1], ARGV[1], top[1])
              redis.call('XDEL', KEYS[1], top[1])
              moved[#moved + 1] = top[2]
              top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            end
            local now = redis.call('TIME')
            local last = top and top[1] or string.format('%.0f-0', now[1] * 1000 + math.floor(now[2] / 1000))
            local info = redis.call('XINFO', 'STREAM', KEYS[1])
            for i = 1, #info, 2 do
              if info[i] == 'last-generated-id' and not possible(info[i + 1]) then redis.call('XSETID', KEYS[1], last) end
            end
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local fields = {}
              for i = 1, #group, 2 do fields[group[i]] = group[i + 1] end
              if fields['name'] == ARGV[1] and not possible(fields['last-delivered-id']) then
                redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], last)
              end
            end
            for i = #moved, 1, -1 do redis.call('XADD', KEYS[1], '*', unpack(moved[i])) end
            return #moved
            """);

    private MoveImpossibleScript() {}

    /** Returns how many moved. */
    static long run(RedisConnection redis, TableName table) {
        return (Long) redis.call(r -> SCRIPT.run(r, List.of(KeySchema.intents(table)), List.of(KeySchema.WORKERS)));
    }
}
