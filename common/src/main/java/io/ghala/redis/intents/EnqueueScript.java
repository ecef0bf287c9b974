package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.RowCondition;
import io.ghala.model.OpId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Queues writes in order, so that recognising an op id and adding the entry cannot come apart, and stops at the first
 * for which there is no room.
 *
 * <p>KEYS intents, epoch, ops, ops:age. ARGV backlog bound, op id bound, op id time to live in ms, then per write op,
 * id, payload, op id or empty, digest, condition or empty. Returns {epoch, kind, stream id, kind, stream id, …} with
 * kind queued or conflict, and a last kind busy or opids where it stopped; {} while the table is not open.
 */
final class EnqueueScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local epoch = redis.call('GET', KEYS[2])
            if not epoch or not string.match(epoch, '^%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x%x$') then return {} end
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            local answer = {epoch}
            local waiting = redis.call('XLEN', KEYS[1])
            local remembered = redis.call('HLEN', KEYS[3])
            local remembering = remembered >= tonumber(ARGV[2])
              and redis.call('ZCOUNT', KEYS[4], '-inf', ms - ARGV[3]) or 0
            local room = tonumber(ARGV[2]) - remembered + remembering
            for i = 4, #ARGV, 6 do
              local kind, id
              local op_id = ARGV[i + 3]
              local known = op_id ~= '' and redis.call('HGET', KEYS[3], op_id)
              if known and string.match(known, '^%d+%-%d+ %x+$') then
                local digest
                id, digest = string.match(known, '^(%d+%-%d+) (%x+)$')
                kind = digest == ARGV[i + 4] and 'queued' or 'conflict'
              elseif op_id ~= '' and room <= 0 then
                kind, id = 'opids', ''
              elseif waiting >= tonumber(ARGV[1]) then
                kind, id = 'busy', ''
              else
                kind = 'queued'
                if ARGV[i + 5] == '' then
                  id = redis.call('XADD', KEYS[1], '*', 'op', ARGV[i], 'id', ARGV[i + 1], 'payload', ARGV[i + 2],
                    'op_id', op_id)
                else
                  id = redis.call('XADD', KEYS[1], '*', 'op', ARGV[i], 'id', ARGV[i + 1], 'payload', ARGV[i + 2],
                    'op_id', op_id, 'if_version', ARGV[i + 5])
                end
                waiting = waiting + 1
                if op_id ~= '' then
                  redis.call('HSET', KEYS[3], op_id, id .. ' ' .. ARGV[i + 4])
                  redis.call('ZADD', KEYS[4], ms, op_id)
                  room = room - 1
                end
              end
              answer[#answer + 1] = kind
              answer[#answer + 1] = id
              if id == '' then break end
            end
            if remembered > 0 then
              local aged = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ms - ARGV[3], 'LIMIT', 0, 1000)
              if #aged > 0 then
                redis.call('HDEL', KEYS[3], unpack(aged))
                redis.call('ZREM', KEYS[4], unpack(aged))
              end
            end
            return answer
            """);

    private EnqueueScript() {}

    static List<?> run(RedisConnection redis, TableName table, RedisSettings bounds, List<Request> requests) {
        List<String> keys = List.of(
                KeySchema.intents(table), KeySchema.epoch(table), KeySchema.ops(table), KeySchema.opsAge(table));
        List<String> arguments = new ArrayList<>(3 + 6 * requests.size());
        arguments.add(Long.toString(bounds.backlogMax()));
        arguments.add(Long.toString(bounds.opIdMax()));
        arguments.add(Long.toString(bounds.opIdTtl().toMillis()));
        requests.forEach(request -> add(request, arguments));
        return (List<?>) redis.call(r -> SCRIPT.run(r, keys, arguments));
    }

    private static void add(Request request, List<String> arguments) {
        String op = IntentFields.op(request.intent());
        String id = request.intent().id().text();
        String payload = request.intent().content().orElse("");
        String condition = request.condition().map(RowCondition::text).orElse("");
        arguments.add(op);
        arguments.add(id);
        arguments.add(payload);
        arguments.add(request.opId().map(OpId::value).orElse(""));
        arguments.add(request.opId().isPresent() ? digest(op + " " + condition, id, payload) : "");
        arguments.add(condition);
    }

    private static String digest(String op, String id, String payload) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((op + " " + id.length() + " " + id + payload).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
