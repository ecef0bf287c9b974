package io.ghala.redis.intents;

import io.ghala.intent.AppliedLog.Cursor;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * A page of the log of applied files after a position.
 *
 * <p>KEYS epoch, log. ARGV epoch, position, count. Returns {ok, id, files, id, files, …}, {epoch} when the epoch is
 * another, or {trimmed} when the position is not in the log any more.
 */
final class AppliedSinceScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return {'epoch'} end
            if ARGV[2] == '0-0' then
              if redis.call('XLEN', KEYS[2]) > 0 then return {'trimmed'} end
            elseif #redis.call('XRANGE', KEYS[2], ARGV[2], ARGV[2]) == 0 then
              return {'trimmed'}
            end
            local answer = {'ok'}
            for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. ARGV[2], '+', 'COUNT', ARGV[3])) do
              answer[#answer + 1] = entry[1]
              answer[#answer + 1] = entry[2][2]
            end
            return answer
            """);

    private AppliedSinceScript() {}

    static List<?> run(RedisConnection redis, TableName table, Cursor cursor, int count) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.log(table));
        List<String> arguments =
                List.of(cursor.epoch().value(), cursor.position().toString(), Integer.toString(count));
        return (List<?>) redis.call(r -> SCRIPT.run(r, keys, arguments));
    }
}
