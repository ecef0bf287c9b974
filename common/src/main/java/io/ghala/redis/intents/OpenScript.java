package io.ghala.redis.intents;

import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Opens a table's stream, harmless to repeat: group at the floor, last id raised to the floor if it is lower (XSETID
 * alone would also lower it), an epoch where there is none. A stream that is behind the folder lost its newest entries,
 * as after a failover to a replica that had not got them: it gets another epoch, so that no token of a lost write is
 * taken for one of those that come. The log gets an entry, so that its end is one that a later reader can find again.
 *
 * <p>KEYS epoch, intents, log. ARGV fresh epoch, floor, group. Returns the epoch.
 */
final class OpenScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local function less(a, b)
              local am, as = string.match(a, '(%d+)-(%d+)')
              local bm, bs = string.match(b, '(%d+)-(%d+)')
              if tonumber(am) ~= tonumber(bm) then return tonumber(am) < tonumber(bm) end
              return tonumber(as) < tonumber(bs)
            end
            local open = false
            if redis.call('EXISTS', KEYS[2]) == 1 then
              for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
                for i = 1, #group, 2 do if group[i] == 'name' and group[i + 1] == ARGV[3] then open = true end end
              end
            end
            if redis.call('EXISTS', KEYS[3]) == 0 then redis.call('XADD', KEYS[3], '*', 'files', '') end
            if not open then redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[3], ARGV[2], 'MKSTREAM') end
            local behind = false
            local info = redis.call('XINFO', 'STREAM', KEYS[2])
            for i = 1, #info, 2 do
              if info[i] == 'last-generated-id' then behind = less(info[i + 1], ARGV[2]) end
            end
            if behind then redis.call('XSETID', KEYS[2], ARGV[2]) end
            local epoch = redis.call('GET', KEYS[1])
            if not epoch or not string.match(epoch, '^%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$') or not open or behind then
              epoch = ARGV[1]
              redis.call('SET', KEYS[1], epoch)
            end
            return epoch
            """);

    private OpenScript() {}

    static Epoch run(RedisConnection redis, TableName table, String fresh, StreamId floor) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.intents(table), KeySchema.log(table));
        List<String> arguments = List.of(fresh, floor.toString(), KeySchema.WORKERS);
        return new Epoch(redis.call(r -> SCRIPT.run(r, keys, arguments)).toString());
    }
}
