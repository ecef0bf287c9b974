package io.ghala.redis.intents;

import io.ghala.intent.DeadLetters.Force;
import io.ghala.intent.DeadLetters.Retry;
import io.ghala.model.Epoch;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Queues a dead write again in one step, so that a letter is never queued twice.
 *
 * <p>KEYS intents, dead, dead:ids, epoch, ops. ARGV stream id, yes or no for force, backlog bound. Returns {queued,
 * epoch, stream id} or {refused, reason}. The op id of the write belongs to the new one from now on.
 */
final class RetryDeadScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local epoch = redis.call('GET', KEYS[4])
            if not epoch or not string.match(epoch, '^%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$') then return {'refused', 'the table takes no writes: does a stream-worker run?'} end
            local known = redis.call('HGET', KEYS[3], ARGV[1])
            local letter, reason = string.match(known or '', '^(%S+) (.*)$')
            if not letter then return {'refused', 'there is no such dead letter'} end
            local entry = redis.call('XRANGE', KEYS[2], letter, letter)[1]
            if letter == '-' or not entry then return {'refused', reason} end
            local f = {}
            for i = 1, #entry[2], 2 do f[entry[2][i]] = entry[2][i + 1] end
            if f.op ~= 'upsert' and f.op ~= 'delete' then return {'refused', 'it is no write: ' .. reason} end
            if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[3]) then
              return {'refused', 'too many writes wait already: try again when the stream-worker has caught up'}
            end
            local condition = ''
            if ARGV[2] == 'no' then
              condition = f.if_version
              if not condition or condition == '' then condition = '<=' .. ARGV[1] end
            end
            local id = redis.call('XADD', KEYS[1], '*', 'op', f.op, 'id', f.id, 'payload', f.payload, 'op_id', f.op_id or '',
              'if_version', condition)
            redis.call('HSET', KEYS[3], ARGV[1], '- it was queued again as ' .. epoch .. ':' .. id .. ', after: ' .. reason)
            redis.call('XDEL', KEYS[2], letter)
            if f.op_id and f.op_id ~= '' then
              local seen, digest = string.match(redis.call('HGET', KEYS[5], f.op_id) or '', '^(%S+) (%S+)$')
              if seen == ARGV[1] then redis.call('HSET', KEYS[5], f.op_id, id .. ' ' .. digest) end
            end
            return {'queued', epoch, id}
            """);

    private RetryDeadScript() {}

    static Retry run(RedisConnection redis, TableName table, StreamId write, Force force, long backlogMax) {
        List<String> keys = List.of(
                KeySchema.intents(table),
                KeySchema.dead(table),
                KeySchema.deadIds(table),
                KeySchema.epoch(table),
                KeySchema.ops(table));
        List<String> arguments =
                List.of(write.toString(), force == Force.YES ? "yes" : "no", Long.toString(backlogMax));
        List<?> answer = (List<?>) redis.call(r -> SCRIPT.run(r, keys, arguments));
        if (answer.get(0).equals("refused")) {
            return new Retry.Refused(String.valueOf(answer.get(1)));
        }
        Epoch epoch = new Epoch(String.valueOf(answer.get(1)));
        return new Retry.Queued(new WriteToken(epoch, StreamId.parse(String.valueOf(answer.get(2)))));
    }
}
