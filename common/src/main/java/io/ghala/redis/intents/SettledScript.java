package io.ghala.redis.intents;

import io.ghala.intent.AppliedLog;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * Reads at one moment what is settled: last delivered id, smallest pending id and the end of the log of applied files.
 *
 * <p>KEYS epoch, intents, log. ARGV group. Returns {epoch, last delivered, smallest pending or empty, last id of the
 * log}, or {} while the table is not open. Two commands instead of one script would let the watermark pass an entry
 * that becomes pending in between.
 */
final class SettledScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local epoch = redis.call('GET', KEYS[1])
            if not epoch or not string.match(epoch, '^%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$') or redis.call('EXISTS', KEYS[2]) == 0 then return {} end
            local delivered
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
              local fields = {}
              for i = 1, #group, 2 do fields[group[i]] = group[i + 1] end
              if fields['name'] == ARGV[1] then delivered = fields['last-delivered-id'] end
            end
            if not delivered then return {} end
            local pending = redis.call('XPENDING', KEYS[2], ARGV[1])
            local last = redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1)
            return {epoch, delivered, pending[1] > 0 and pending[2] or '', last[1] and last[1][1] or '0-0'}
            """);

    private SettledScript() {}

    static Optional<Settled> run(RedisConnection redis, TableName table) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.intents(table), KeySchema.log(table));
        List<?> answer = (List<?>) redis.call(r -> SCRIPT.run(r, keys, List.of(KeySchema.WORKERS)));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        Epoch epoch = new Epoch(String.valueOf(answer.get(0)));
        String pending = String.valueOf(answer.get(2));
        StreamId through = pending.isEmpty()
                ? StreamId.parse(String.valueOf(answer.get(1)))
                : StreamId.parse(pending).before();
        StreamId logEnd = StreamId.parse(String.valueOf(answer.get(3)));
        return Optional.of(new Settled(epoch, through, new AppliedLog.Cursor(epoch, logEnd)));
    }
}
