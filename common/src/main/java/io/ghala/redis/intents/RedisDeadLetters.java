package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.intent.DeadLetters;
import io.ghala.model.Epoch;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** Dead letters as a stream, with a hash that finds a letter by the stream id of its write. */
public final class RedisDeadLetters implements DeadLetters {
    /**
     * KEYS intents, dead, dead:ids, epoch, ops; ARGV stream id, yes or no for force, backlog bound. Returns {queued,
     * epoch, stream id} or {refused, reason}. The op id of the write belongs to the new one from now on.
     */
    private static final LuaScript RETRY = new LuaScript("""
            local epoch = redis.call('GET', KEYS[4])
            if not epoch then return {'refused', 'the table takes no writes: does a stream-worker run?'} end
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
    /** KEYS dead, dead:ids; ARGV stream id. Returns 1 when there was a letter. */
    private static final LuaScript DROP = new LuaScript("""
            local letter, reason = string.match(redis.call('HGET', KEYS[2], ARGV[1]) or '', '^(%S+) (.*)$')
            if not letter or letter == '-' then return 0 end
            redis.call('HSET', KEYS[2], ARGV[1], '- it was dropped from the dead letters, after: ' .. reason)
            return redis.call('XDEL', KEYS[1], letter)
            """);

    private final RedisConnection redis;
    private final RedisSettings settings;

    @Inject
    public RedisDeadLetters(RedisConnection redis, RedisSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    @Override
    public List<DeadLetter> list(TableName table, StreamId after, int count) {
        StreamEntryID from = new StreamEntryID(after.millis(), after.sequence() + 1);
        return redis.call(r -> r.xrange(KeySchema.dead(table), from, null, count)).stream()
                .map(RedisDeadLetters::letter)
                .toList();
    }

    private static DeadLetter letter(StreamEntry entry) {
        Map<String, String> fields = entry.getFields();
        return new DeadLetter(
                new StreamId(entry.getID().getTime(), entry.getID().getSequence()),
                StreamId.parse(fields.getOrDefault("stream_id", "0-0")),
                fields.getOrDefault("op", ""),
                fields.getOrDefault("id", ""),
                filled(fields, "payload"),
                opId(fields),
                filled(fields, "if_version"),
                fields.getOrDefault("reason", ""),
                Long.parseLong(fields.getOrDefault("deliveries", "0")));
    }

    private static Optional<String> filled(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<OpId> opId(Map<String, String> fields) {
        try {
            return filled(fields, "op_id").map(OpId::new);
        } catch (InvalidValueException e) {
            // A malformed entry may carry any op id; the letter's reason names it.
            return Optional.empty();
        }
    }

    @Override
    public Optional<DeadLetter> find(TableName table, StreamId streamId) {
        String known = redis.call(r -> r.hget(KeySchema.deadIds(table), streamId.toString()));
        if (known == null) {
            return Optional.empty();
        }
        return DeadPlace.parse(known).letter().flatMap(place -> {
            StreamEntryID id = new StreamEntryID(place);
            return redis.call(r -> r.xrange(KeySchema.dead(table), id, id)).stream()
                    .map(RedisDeadLetters::letter)
                    .findFirst();
        });
    }

    @Override
    public Retry retry(TableName table, StreamId streamId, Force force) {
        List<String> keys = List.of(
                KeySchema.intents(table),
                KeySchema.dead(table),
                KeySchema.deadIds(table),
                KeySchema.epoch(table),
                KeySchema.ops(table));
        List<String> arguments =
                List.of(streamId.toString(), force == Force.YES ? "yes" : "no", Long.toString(settings.backlogMax()));
        List<?> answer = (List<?>) redis.call(r -> RETRY.run(r, keys, arguments));
        if (answer.get(0).equals("refused")) {
            return new Retry.Refused(String.valueOf(answer.get(1)));
        }
        Epoch epoch = new Epoch(String.valueOf(answer.get(1)));
        return new Retry.Queued(new WriteToken(epoch, StreamId.parse(String.valueOf(answer.get(2)))));
    }

    @Override
    public boolean drop(TableName table, StreamId streamId) {
        List<String> keys = List.of(KeySchema.dead(table), KeySchema.deadIds(table));
        return Long.valueOf(1).equals(redis.call(r -> DROP.run(r, keys, List.of(streamId.toString()))));
    }

    @Override
    public long count(TableName table) {
        return redis.call(r -> r.xlen(KeySchema.dead(table)));
    }
}
