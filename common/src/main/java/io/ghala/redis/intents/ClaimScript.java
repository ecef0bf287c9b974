package io.ghala.redis.intents;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes over pending entries that were idle for too long, with their delivery counts, in one step. How long doubles
 * with each delivery, up to eight times, so that what keeps failing is tried with growing pauses.
 *
 * <p>KEYS intents. ARGV group, consumer, idle ms, count. Returns {stream id, deliveries, {field, value, …}, …}. Redis
 * 6.2 keeps ids in the pending list whose entry was deleted, which would hold the watermark for ever: those are
 * acknowledged here.
 */
final class ClaimScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local answer = {}
            local pending = {}
            for _, held in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])) do
              if held[3] >= ARGV[3] * math.min(8, 2 ^ (held[4] - 1)) then pending[#pending + 1] = held end
            end
            for from = 1, #pending, 1000 do
              local ids = {}
              for i = from, math.min(#pending, from + 999) do ids[#ids + 1] = pending[i][1] end
              redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], unpack(ids))
            end
            for _, held in ipairs(pending) do
              local entry = redis.call('XRANGE', KEYS[1], held[1], held[1])[1]
              if entry then
                answer[#answer + 1] = held[1]
                answer[#answer + 1] = held[4] + 1
                answer[#answer + 1] = entry[2]
              else
                redis.call('XACK', KEYS[1], ARGV[1], held[1])
              end
            end
            return answer
            """);

    private ClaimScript() {}

    static List<Entry> run(RedisConnection redis, TableName table, String consumer, Duration idle, int count) {
        List<String> arguments =
                List.of(KeySchema.WORKERS, consumer, Long.toString(idle.toMillis()), Integer.toString(count));
        List<?> answer = (List<?>) redis.call(r -> SCRIPT.run(r, List.of(KeySchema.intents(table)), arguments));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 2 < answer.size(); i += 3) {
            StreamId id = StreamId.parse(String.valueOf(answer.get(i)));
            entries.add(IntentFields.decode(
                    redis, table, id, fields((List<?>) answer.get(i + 2)), (Long) answer.get(i + 1)));
        }
        return entries;
    }

    private static Map<String, String> fields(List<?> flat) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return fields;
    }
}
