package io.ghala.redis.intents;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Settles entries whose files are durable and names the files, in one step.
 *
 * <p>KEYS log, intents, cas. ARGV most entries of the log, the files' names a line each, group, announcement channel,
 * announcement, the stream ids. A full Redis refuses the names, and only settling entries gives it room again: then the
 * log is dropped, so that its readers see the gap and list the folder.
 */
final class AcknowledgeScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if ARGV[2] ~= '' then
              local logged = redis.pcall('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'files', ARGV[2])
              if type(logged) == 'table' and logged.err then
                if not string.find(logged.err, 'OOM', 1, true) then return logged end
                redis.call('DEL', KEYS[1])
              end
            end
            local conditional = redis.call('EXISTS', KEYS[3]) == 1
            for from = 6, #ARGV, 1000 do
              local to = math.min(#ARGV, from + 999)
              redis.call('XACK', KEYS[2], ARGV[3], unpack(ARGV, from, to))
              redis.call('XDEL', KEYS[2], unpack(ARGV, from, to))
              if conditional then redis.call('HDEL', KEYS[3], unpack(ARGV, from, to)) end
            end
            redis.call('PUBLISH', ARGV[4], ARGV[5])
            return 'ok'
            """);

    private AcknowledgeScript() {}

    static void run(
            RedisConnection redis, TableName table, List<String> streamIds, List<String> files, String announcement) {
        List<String> keys = List.of(KeySchema.log(table), KeySchema.intents(table), KeySchema.cas(table));
        List<String> arguments = new ArrayList<>(streamIds.size() + 5);
        arguments.add(Long.toString(KeySchema.LOG_ENTRIES));
        arguments.add(String.join("\n", files));
        arguments.add(KeySchema.WORKERS);
        arguments.add(KeySchema.ANNOUNCE);
        arguments.add(announcement);
        arguments.addAll(streamIds);
        redis.call(r -> SCRIPT.run(r, keys, arguments));
    }
}
