package io.ghala.redis.intents;

import io.ghala.intent.IntentQueue.WriteState;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * What became of a write, read at one moment.
 *
 * <p>KEYS intents, epoch, dead:ids, watermark. ARGV epoch, stream id. Returns {unknown}, {dead, place and reason},
 * {pending}, or {gone, last id given out, watermark or empty}.
 */
final class StateScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local epoch = redis.call('GET', KEYS[2])
            if epoch ~= ARGV[1] then return {'unknown'} end
            local dead = redis.call('HGET', KEYS[3], ARGV[2])
            if dead then return {'dead', dead} end
            if #redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2]) > 0 then return {'pending'} end
            local info = redis.call('XINFO', 'STREAM', KEYS[1])
            local last = ''
            for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
            local mark = redis.call('HMGET', KEYS[4], 'epoch', 'through')
            return {'gone', last, mark[1] == epoch and mark[2] or ''}
            """);

    private StateScript() {}

    static WriteState run(RedisConnection redis, TableName table, WriteToken token) {
        List<String> keys = List.of(
                KeySchema.intents(table), KeySchema.epoch(table), KeySchema.deadIds(table), KeySchema.watermark(table));
        List<String> arguments = List.of(token.epoch().value(), token.id().toString());
        List<?> answer = (List<?>) redis.call(r -> SCRIPT.run(r, keys, arguments));
        return switch (String.valueOf(answer.get(0))) {
            case "pending" -> new WriteState.Pending();
            case "dead" ->
                new WriteState.Dead(
                        DeadPlace.parse(String.valueOf(answer.get(1))).reason());
            case "gone" -> gone(table, token, String.valueOf(answer.get(1)), String.valueOf(answer.get(2)));
            default ->
                new WriteState.Unknown("token " + token + " is from before Redis lost table " + table
                        + "'s stream: look at the row itself, and write again if it is missing");
        };
    }

    private static WriteState gone(TableName table, WriteToken token, String last, String through) {
        if (StreamId.parse(last).compareTo(token.id()) < 0) {
            return new WriteState.Unknown("token " + token + " was never given out for table " + table);
        }
        boolean visible = !through.isEmpty() && StreamId.parse(through).compareTo(token.id()) >= 0;
        return visible ? new WriteState.Visible() : new WriteState.Applied();
    }
}
