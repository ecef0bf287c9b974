package io.ghala.redis;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog;
import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamConsumerInfo;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamPendingEntry;

/** The intents of a table as a Redis stream with one consumer group. */
final class RedisIntentLog implements IntentLog {
    /**
     * KEYS epoch, intents, log; ARGV fresh epoch, floor, group. Returns the epoch. The log gets an entry, so that its end is one that a later
     * reader can find again.
     */
    private static final LuaScript OPEN = new LuaScript("""
            local function less(a, b)
              local am, as = string.match(a, '(%d+)-(%d+)')
              local bm, bs = string.match(b, '(%d+)-(%d+)')
              if tonumber(am) ~= tonumber(bm) then return tonumber(am) < tonumber(bm) end
              return tonumber(as) < tonumber(bs)
            end
            local open = false
            if redis.call('EXISTS', KEYS[2]) == 1 then
              for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[2])) do
                for i = 1, #group, 2 do if group[i] == 'name' and group[i + 1] == ARGV[3] then open = true end end
              end
            end
            local epoch = redis.call('GET', KEYS[1])
            if not epoch or not open then
              epoch = ARGV[1]
              redis.call('SET', KEYS[1], epoch)
            end
            if redis.call('EXISTS', KEYS[3]) == 0 then redis.call('XADD', KEYS[3], '*', 'files', '') end
            if not open then redis.call('XGROUP', 'CREATE', KEYS[2], ARGV[3], ARGV[2], 'MKSTREAM') end
            local info = redis.call('XINFO', 'STREAM', KEYS[2])
            for i = 1, #info, 2 do
              if info[i] == 'last-generated-id' and less(info[i + 1], ARGV[2]) then
                redis.call('XSETID', KEYS[2], ARGV[2])
              end
            end
            return epoch
            """);
    /** KEYS dead, intents, dead:ids; ARGV group, stream id, op, id, payload, reason, deliveries, channel, message. */
    private static final LuaScript BURY = new LuaScript("""
            redis.call('XADD', KEYS[1], '*', 'stream_id', ARGV[2], 'op', ARGV[3], 'id', ARGV[4], 'payload', ARGV[5],
              'reason', ARGV[6], 'deliveries', ARGV[7])
            redis.call('HSET', KEYS[3], ARGV[2], ARGV[6])
            redis.call('XACK', KEYS[2], ARGV[1], ARGV[2])
            redis.call('XDEL', KEYS[2], ARGV[2])
            redis.call('PUBLISH', ARGV[8], ARGV[9])
            return 'ok'
            """);

    private final RedisConnection redis;
    private final Nonces nonces;

    @Inject
    RedisIntentLog(RedisConnection redis, Nonces nonces) {
        this.redis = redis;
        this.nonces = nonces;
    }

    @Override
    public Epoch open(TableName table, StreamId floor) {
        List<String> keys = List.of(KeySchema.epoch(table), KeySchema.intents(table), KeySchema.log(table));
        List<String> arguments = List.of(nonces.next(), floor.toString(), KeySchema.WORKERS);
        return new Epoch(redis.call(r -> OPEN.run(r, keys, arguments)).toString());
    }

    @Override
    public Optional<Epoch> epoch(TableName table) {
        return Optional.ofNullable(redis.call(r -> r.get(KeySchema.epoch(table))))
                .map(Epoch::new);
    }

    @Override
    public List<Entry> read(TableName table, String consumer, int count, Duration wait) {
        XReadGroupParams params =
                XReadGroupParams.xReadGroupParams().count(count).block((int) Math.max(1, wait.toMillis()));
        List<Map.Entry<String, List<StreamEntry>>> answer = redis.call(r -> r.xreadGroup(
                KeySchema.WORKERS,
                consumer,
                params,
                Map.of(KeySchema.intents(table), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)));
        List<Entry> entries = new ArrayList<>();
        if (answer != null) {
            answer.forEach(stream -> stream.getValue().forEach(entry -> entries.add(decode(entry, 1))));
        }
        return entries;
    }

    private static Entry decode(StreamEntry entry, long deliveries) {
        return IntentFields.decode(ours(entry.getID()), entry.getFields(), deliveries);
    }

    private static StreamId ours(StreamEntryID id) {
        return new StreamId(id.getTime(), id.getSequence());
    }

    @Override
    public List<Entry> claim(TableName table, String consumer, Duration idle, int count) {
        String key = KeySchema.intents(table);
        Map.Entry<StreamEntryID, List<StreamEntry>> claimed = redis.call(r -> r.xautoclaim(
                key,
                KeySchema.WORKERS,
                consumer,
                idle.toMillis(),
                new StreamEntryID(0),
                XAutoClaimParams.xAutoClaimParams().count(count)));
        List<Entry> entries = new ArrayList<>();
        for (StreamEntry entry : claimed.getValue()) {
            if (entry != null && entry.getFields() != null) {
                StreamEntryID id = entry.getID();
                List<StreamPendingEntry> pending =
                        redis.call(r -> r.xpending(key, KeySchema.WORKERS, XPendingParams.xPendingParams(id, id, 1)));
                entries.add(decode(entry, pending.isEmpty() ? 1 : pending.get(0).getDeliveredTimes()));
            }
        }
        return entries;
    }

    @Override
    public void acknowledge(TableName table, List<Entry> entries, List<String> files) {
        List<String> ids =
                entries.stream().map(entry -> entry.streamId().toString()).toList();
        AcknowledgeScript.run(redis, table, ids, files, applied(table));
    }

    private static String applied(TableName table) {
        return AnnouncementCodec.encode(Announcement.Kind.APPLIED, table, SnapshotVersion.NONE);
    }

    @Override
    public void bury(TableName table, Entry entry, String reason) {
        String op = "";
        String id = "";
        String payload = "";
        if (entry instanceof Entry.Write write) {
            id = write.intent().id().text();
            op = write.intent() instanceof Intent.Upsert ? IntentFields.UPSERT : IntentFields.DELETE;
            payload = write.intent() instanceof Intent.Upsert upsert ? upsert.payload() : "";
        }
        List<String> keys = List.of(KeySchema.dead(table), KeySchema.intents(table), KeySchema.deadIds(table));
        List<String> arguments = List.of(
                KeySchema.WORKERS,
                entry.streamId().toString(),
                op,
                id,
                payload,
                reason,
                Long.toString(entry.deliveries()),
                KeySchema.ANNOUNCE,
                applied(table));
        redis.call(r -> BURY.run(r, keys, arguments));
    }

    @Override
    public Optional<Settled> settled(TableName table) {
        return SettledScript.run(redis, table);
    }

    @Override
    public List<DeadLetter> deadLetters(TableName table, int count) {
        List<StreamEntry> entries = redis.call(r -> r.xrange(KeySchema.dead(table), (StreamEntryID) null, null, count));
        List<DeadLetter> letters = new ArrayList<>();
        for (StreamEntry entry : entries) {
            Map<String, String> fields = entry.getFields();
            String payload = fields.getOrDefault("payload", "");
            letters.add(new DeadLetter(
                    ours(entry.getID()),
                    StreamId.parse(fields.getOrDefault("stream_id", "0-0")),
                    fields.getOrDefault("op", ""),
                    fields.getOrDefault("id", ""),
                    payload.isEmpty() ? Optional.empty() : Optional.of(payload),
                    fields.getOrDefault("reason", ""),
                    Long.parseLong(fields.getOrDefault("deliveries", "0"))));
        }
        return letters;
    }

    @Override
    public Backlog backlog(TableName table) {
        long waiting = redis.call(r -> r.xlen(KeySchema.intents(table)));
        long pending = epoch(table).isEmpty()
                ? 0
                : redis.call(r -> r.xpending(KeySchema.intents(table), KeySchema.WORKERS))
                        .getTotal();
        return new Backlog(waiting, pending, redis.call(r -> r.xlen(KeySchema.dead(table))));
    }

    @Override
    public void removeIdleConsumers(TableName table, String self, Duration idle) {
        String key = KeySchema.intents(table);
        for (StreamConsumerInfo consumer : redis.call(r -> r.xinfoConsumers(key, KeySchema.WORKERS))) {
            if (!consumer.getName().equals(self) && consumer.getIdle() > idle.toMillis()) {
                redis.call(r -> DELETE_IDLE.run(r, List.of(key), List.of(KeySchema.WORKERS, consumer.getName())));
            }
        }
    }

    /** KEYS intents; ARGV group, consumer. Deletes the consumer only while it holds nothing: deleting it would forget what it holds. */
    private static final LuaScript DELETE_IDLE = new LuaScript("""
            if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """);
}
