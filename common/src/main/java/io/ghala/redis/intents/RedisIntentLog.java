package io.ghala.redis.intents;

import io.ghala.intent.IntentLog;
import io.ghala.intent.WriteBacklog;
import io.ghala.model.Epoch;
import io.ghala.model.InvalidValueException;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamConsumerInfo;
import redis.clients.jedis.resps.StreamEntry;

/** The intents of a table as a Redis stream with one consumer group. */
final class RedisIntentLog implements IntentLog, WriteBacklog {
    private static final Logger log = LoggerFactory.getLogger(RedisIntentLog.class);
    /** The last millisecond of 15 digits, in the year 33658. */
    private static final long LATEST_MS = 999_999_999_999_999L;

    private final RedisConnection redis;
    private final Nonces nonces;

    @Inject
    RedisIntentLog(RedisConnection redis, Nonces nonces) {
        this.redis = redis;
        this.nonces = nonces;
    }

    @Override
    public Epoch open(TableName table, StreamId floor) {
        return OpenScript.run(redis, table, nonces.next(), floor);
    }

    @Override
    public Optional<Epoch> epoch(TableName table) {
        return Optional.ofNullable(redis.call(r -> r.get(KeySchema.epoch(table))))
                .flatMap(Epoch::tryParse);
    }

    @Override
    public Optional<Epoch> begin(TableName table, String stage) {
        return PassBarrierScript.run(redis, table, stage);
    }

    @Override
    public List<Entry> read(TableName table, String consumer, int count, Duration wait) {
        return possible(table, () -> readAny(table, consumer, count, wait));
    }

    private List<Entry> readAny(TableName table, String consumer, int count, Duration wait) {
        XReadGroupParams params =
                XReadGroupParams.xReadGroupParams().count(count).block((int) Math.max(1, wait.toMillis()));
        List<Map.Entry<String, List<StreamEntry>>> answer = redis.call(r -> r.xreadGroup(
                KeySchema.WORKERS,
                consumer,
                params,
                Map.of(KeySchema.intents(table), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY)));
        List<Entry> entries = new ArrayList<>();
        if (answer != null) {
            answer.forEach(stream -> stream.getValue().forEach(entry -> entries.add(decode(table, entry))));
        }
        return entries;
    }

    private Entry decode(TableName table, StreamEntry entry) {
        StreamId id = new StreamId(entry.getID().getTime(), entry.getID().getSequence());
        return IntentFields.decode(redis, table, id, entry.getFields(), 1);
    }

    /** Entries with ids that no clock gives come again under others. */
    private List<Entry> possible(TableName table, Supplier<List<Entry>> read) {
        List<Entry> entries = List.of();
        try {
            entries = read.get();
            if (entries.stream().allMatch(RedisIntentLog::isPossible)) {
                return entries;
            }
        } catch (NumberFormatException | InvalidValueException e) {
            log.debug("impossible id table={}", table, e);
        }
        log.warn(
                "entries moved key={} count={} reason=\"their ids are of no time\" next=\"add entries without ids\"",
                KeySchema.intents(table),
                MoveImpossibleScript.run(redis, table));
        return entries.stream().filter(RedisIntentLog::isPossible).toList();
    }

    private static boolean isPossible(Entry entry) {
        return entry.streamId().millis() <= LATEST_MS;
    }

    @Override
    public List<Entry> claim(TableName table, String consumer, Duration idle, int count) {
        return possible(table, () -> ClaimScript.run(redis, table, consumer, idle, count));
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
        BuryScript.run(redis, table, entry, reason, applied(table));
    }

    @Override
    public Optional<Decision> decide(TableName table, StreamId entry, Optional<String> proposal) {
        return DecideScript.run(redis, table, entry, proposal);
    }

    @Override
    public Optional<Settled> settled(TableName table) {
        return SettledScript.run(redis, table);
    }

    @Override
    public StreamId mark(TableName table) {
        StreamEntryID id = redis.call(
                r -> r.xadd(KeySchema.intents(table), StreamEntryID.NEW_ENTRY, Map.of("op", IntentFields.MARKER)));
        return new StreamId(id.getTime(), id.getSequence());
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
        if (epoch(table).isEmpty()) {
            return;
        }
        String key = KeySchema.intents(table);
        for (StreamConsumerInfo consumer : redis.call(r -> r.xinfoConsumers(key, KeySchema.WORKERS))) {
            if (!consumer.getName().equals(self) && consumer.getIdle() > idle.toMillis()) {
                DeleteIdleConsumerScript.run(redis, table, consumer.getName());
            }
        }
    }
}
