package io.ghala.redis;

import io.ghala.model.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Settles entries whose files are durable and names the files, in one step.
 *
 * <p>KEYS log, intents. ARGV most entries of the log, the files' names a line each, group, announcement channel, announcement, the stream
 * ids. The log comes first: a full Redis refuses the script at its first write, before anything was acknowledged.
 */
final class AcknowledgeScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if ARGV[2] ~= '' then redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'files', ARGV[2]) end
            for from = 6, #ARGV, 1000 do
              local to = math.min(#ARGV, from + 999)
              redis.call('XACK', KEYS[2], ARGV[3], unpack(ARGV, from, to))
              redis.call('XDEL', KEYS[2], unpack(ARGV, from, to))
            end
            redis.call('PUBLISH', ARGV[4], ARGV[5])
            return 'ok'
            """);

    private AcknowledgeScript() {}

    static void run(
            RedisConnection redis, TableName table, List<String> streamIds, List<String> files, String announcement) {
        List<String> keys = List.of(KeySchema.log(table), KeySchema.intents(table));
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
