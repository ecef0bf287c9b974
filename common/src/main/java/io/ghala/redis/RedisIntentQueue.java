package io.ghala.redis;

import io.ghala.config.GhalaConfig;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue;
import io.ghala.model.Epoch;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Queues writes by one script each, so that recognising an op id and adding the entry cannot come apart. */
final class RedisIntentQueue implements IntentQueue {
    private static final int PIPELINED = 1000;

    /**
     * KEYS intents, epoch, ops, ops:age. ARGV op, id, payload, op id or empty, digest, backlog bound, op id bound, op id time to live in ms.
     * Returns {kind, epoch, stream id} with kind queued, conflict, busy, opids or notready.
     */
    private static final LuaScript ENQUEUE = new LuaScript("""
            local epoch = redis.call('GET', KEYS[2])
            if not epoch then return {'notready', '', ''} end
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            if ARGV[4] ~= '' then
              local known = redis.call('HGET', KEYS[3], ARGV[4])
              if known then
                local id, digest = string.match(known, '^(%S+) (%S+)$')
                if digest == ARGV[5] then return {'queued', epoch, id} end
                return {'conflict', epoch, id}
              end
              local aged = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ms - ARGV[8], 'LIMIT', 0, 100)
              if #aged == 0 and redis.call('HLEN', KEYS[3]) >= tonumber(ARGV[7]) then return {'opids', epoch, ''} end
            end
            if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[6]) then return {'busy', epoch, ''} end
            local id = redis.call('XADD', KEYS[1], '*', 'op', ARGV[1], 'id', ARGV[2], 'payload', ARGV[3], 'op_id', ARGV[4])
            if ARGV[4] ~= '' then
              redis.call('HSET', KEYS[3], ARGV[4], id .. ' ' .. ARGV[5])
              redis.call('ZADD', KEYS[4], ms, ARGV[4])
              for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', ms - ARGV[8], 'LIMIT', 0, 100)) do
                redis.call('HDEL', KEYS[3], old)
                redis.call('ZREM', KEYS[4], old)
              end
            end
            return {'queued', epoch, id}
            """);
    /** KEYS intents, epoch, dead:ids; ARGV epoch, stream id. Returns {state, detail}. */
    private static final LuaScript STATE = new LuaScript("""
            local epoch = redis.call('GET', KEYS[2])
            if epoch ~= ARGV[1] then return {'unknown', ''} end
            local reason = redis.call('HGET', KEYS[3], ARGV[2])
            if reason then return {'dead', reason} end
            if #redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2]) > 0 then return {'pending', ''} end
            local info = redis.call('XINFO', 'STREAM', KEYS[1])
            local last = ''
            for i = 1, #info, 2 do if info[i] == 'last-generated-id' then last = info[i + 1] end end
            return {'gone', last}
            """);

    private final RedisConnection redis;
    private final SnapshotReader snapshots;
    private final GhalaConfig config;

    @Inject
    RedisIntentQueue(RedisConnection redis, SnapshotReader snapshots, GhalaConfig config) {
        this.redis = redis;
        this.snapshots = snapshots;
        this.config = config;
    }

    @Override
    public EnqueueResult enqueue(TableName table, Intent intent, Optional<OpId> opId) {
        return result(table, redis.call(r -> ENQUEUE.run(r, keys(table), arguments(intent, opId))));
    }

    @Override
    public List<EnqueueResult> enqueueAll(TableName table, List<Request> requests) {
        List<EnqueueResult> results = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += PIPELINED) {
            List<Request> some = requests.subList(from, Math.min(requests.size(), from + PIPELINED));
            // The first goes alone: it brings the script to the server, so that the pipeline finds it.
            results.add(enqueue(table, some.get(0).intent(), some.get(0).opId()));
            List<Request> rest = some.subList(1, some.size());
            redis.call(r -> pipelined(r, table, rest)).forEach(answer -> results.add(result(table, answer)));
        }
        return results;
    }

    private List<Object> pipelined(UnifiedJedis r, TableName table, List<Request> requests) {
        List<Object> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = r.pipelined()) {
            List<Response<Object>> responses = new ArrayList<>();
            for (Request request : requests) {
                responses.add(
                        pipeline.evalsha(ENQUEUE.sha1(), keys(table), arguments(request.intent(), request.opId())));
            }
            pipeline.sync();
            for (int i = 0; i < responses.size(); i++) {
                Request request = requests.get(i);
                try {
                    answers.add(responses.get(i).get());
                } catch (JedisNoScriptException e) {
                    answers.add(ENQUEUE.run(r, keys(table), arguments(request.intent(), request.opId())));
                }
            }
        }
        return answers;
    }

    private static List<String> keys(TableName table) {
        return List.of(KeySchema.intents(table), KeySchema.epoch(table), KeySchema.ops(table), KeySchema.opsAge(table));
    }

    private List<String> arguments(Intent intent, Optional<OpId> opId) {
        String op = intent.accept(new Intent.Visitor<>() {
            @Override
            public String upsert(Intent.Upsert upsert) {
                return IntentFields.UPSERT;
            }

            @Override
            public String delete(Intent.Delete delete) {
                return IntentFields.DELETE;
            }
        });
        String payload = intent instanceof Intent.Upsert upsert ? upsert.payload() : "";
        return List.of(
                op,
                intent.id().text(),
                payload,
                opId.map(OpId::value).orElse(""),
                opId.isPresent() ? digest(op, intent.id().text(), payload) : "",
                Long.toString(config.redis().backlogMax()),
                Long.toString(config.redis().opIdMax()),
                Long.toString(config.redis().opIdTtl().toMillis()));
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

    private EnqueueResult result(TableName table, Object answer) {
        List<?> fields = (List<?>) answer;
        String kind = String.valueOf(fields.get(0));
        return switch (kind) {
            case "queued" -> new EnqueueResult.Queued(token(fields));
            case "conflict" -> new EnqueueResult.Conflict(token(fields));
            case "busy" ->
                new EnqueueResult.Busy(
                        "table " + table + " has " + config.redis().backlogMax()
                                + " writes waiting: try again when the stream-worker has caught up");
            case "opids" ->
                new EnqueueResult.Busy("table " + table + " remembers "
                        + config.redis().opIdMax() + " op ids: try again later, or write without --op-id");
            case "notready" ->
                new EnqueueResult.NotReady(
                        "table " + table
                                + " takes no writes yet: there must be a folder of that name in DB_ROOT and a stream-worker that serves it");
            default -> throw new RedisRefusedException("the enqueue script answered " + kind);
        };
    }

    private static WriteToken token(List<?> fields) {
        return new WriteToken(new Epoch(String.valueOf(fields.get(1))), StreamId.parse(String.valueOf(fields.get(2))));
    }

    @Override
    public WriteState state(TableName table, WriteToken token) {
        List<String> keys = List.of(KeySchema.intents(table), KeySchema.epoch(table), KeySchema.deadIds(table));
        List<String> arguments = List.of(token.epoch().value(), token.id().toString());
        List<?> answer = (List<?>) redis.call(r -> STATE.run(r, keys, arguments));
        String detail = String.valueOf(answer.get(1));
        return switch (String.valueOf(answer.get(0))) {
            case "pending" -> new WriteState.Pending();
            case "dead" -> new WriteState.Dead(detail);
            case "gone" ->
                StreamId.parse(detail).compareTo(token.id()) >= 0
                        ? new WriteState.Applied()
                        : new WriteState.Unknown("token " + token + " was never given out for table " + table);
            default ->
                new WriteState.Unknown("token " + token + " is from before Redis lost table " + table
                        + "'s stream: look at the row itself, and write again if it is missing");
        };
    }

    @Override
    public String keyColumn(TableName table) {
        return snapshots.manifest(table).map(Manifest::keyColumn).orElse(config.keyColumn());
    }
}
