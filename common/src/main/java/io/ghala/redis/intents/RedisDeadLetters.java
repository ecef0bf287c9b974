package io.ghala.redis.intents;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.intent.DeadLetters;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** Dead letters as a stream, with a hash that finds a letter by the stream id of its write. */
final class RedisDeadLetters implements DeadLetters {

    private final RedisConnection redis;
    private final RedisSettings settings;

    @Inject
    RedisDeadLetters(RedisConnection redis, RedisSettings settings) {
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

    /** What others put into the stream has whatever fields it has. */
    private static DeadLetter letter(StreamEntry entry) {
        Map<String, String> fields = entry.getFields();
        String deliveries = fields.getOrDefault("deliveries", "");
        return new DeadLetter(
                new StreamId(entry.getID().getTime(), entry.getID().getSequence()),
                StreamId.tryParse(fields.getOrDefault("stream_id", "")).orElse(StreamId.ZERO),
                fields.getOrDefault("op", ""),
                fields.getOrDefault("id", ""),
                filled(fields, "payload"),
                opId(fields),
                filled(fields, "if_version"),
                fields.getOrDefault("reason", ""),
                deliveries.matches("[0-9]{1,18}") ? Long.parseLong(deliveries) : 0);
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
        return DeadPlace.parse(known).letter().flatMap(StreamId::tryParse).flatMap(place -> {
            StreamEntryID id = new StreamEntryID(place.millis(), place.sequence());
            return redis.call(r -> r.xrange(KeySchema.dead(table), id, id)).stream()
                    .map(RedisDeadLetters::letter)
                    .findFirst();
        });
    }

    @Override
    public Retry retry(TableName table, StreamId streamId, Force force) {
        return RetryDeadScript.run(redis, table, streamId, force, settings.backlogMax());
    }

    @Override
    public boolean drop(TableName table, StreamId streamId) {
        return DropDeadScript.run(redis, table, streamId);
    }

    @Override
    public long count(TableName table) {
        return redis.call(r -> r.xlen(KeySchema.dead(table)));
    }
}
