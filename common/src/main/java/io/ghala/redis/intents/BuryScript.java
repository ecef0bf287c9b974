package io.ghala.redis.intents;

import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.RowCondition;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * Moves an entry to the dead letters and settles it, in one step; does nothing for one that is not pending any more, so
 * that a worker that was asleep cannot bury twice.
 *
 * <p>KEYS dead, intents, dead:ids, cas. ARGV group, stream id, op, id, payload, reason, deliveries, op id, condition,
 * channel, announcement.
 */
final class BuryScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if #redis.call('XPENDING', KEYS[2], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then return 'settled' end
            local dead = redis.call('XADD', KEYS[1], '*', 'stream_id', ARGV[2], 'op', ARGV[3], 'id', ARGV[4],
              'payload', ARGV[5], 'reason', ARGV[6], 'deliveries', ARGV[7], 'op_id', ARGV[8], 'if_version', ARGV[9])
            redis.call('HSET', KEYS[3], ARGV[2], dead .. ' ' .. ARGV[6])
            redis.call('HDEL', KEYS[4], ARGV[2])
            redis.call('XACK', KEYS[2], ARGV[1], ARGV[2])
            redis.call('XDEL', KEYS[2], ARGV[2])
            redis.call('PUBLISH', ARGV[10], ARGV[11])
            return 'ok'
            """);

    private BuryScript() {}

    static void run(RedisConnection redis, TableName table, Entry entry, String reason, String announcement) {
        String op = "";
        String id = "";
        String payload = "";
        Optional<RowCondition> condition = Optional.empty();
        if (entry instanceof Entry.Write write) {
            id = write.intent().id().text();
            op = IntentFields.op(write.intent());
            payload = write.intent().content().orElse("");
            condition = write.condition();
        }
        List<String> keys = List.of(
                KeySchema.dead(table), KeySchema.intents(table), KeySchema.deadIds(table), KeySchema.cas(table));
        List<String> arguments = List.of(
                KeySchema.WORKERS,
                entry.streamId().toString(),
                op,
                id,
                payload,
                reason,
                Long.toString(entry.deliveries()),
                entry.opId().map(OpId::value).orElse(""),
                condition.map(RowCondition::text).orElse(""),
                KeySchema.ANNOUNCE,
                announcement);
        redis.call(r -> SCRIPT.run(r, keys, arguments));
    }
}
