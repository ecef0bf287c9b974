package io.ghala.redis.intents;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.intent.RowCondition;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.RedisConnection;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an entry of an intents stream: {@code op} (upsert or delete), {@code id}, {@code payload},
 * {@code op_id}, and {@code if_version} where the write has a condition.
 */
final class IntentFields {
    static final String UPSERT = "upsert";
    static final String DELETE = "delete";
    /** An entry without a write. */
    static final String MARKER = "marker";

    private IntentFields() {}

    static String op(Intent intent) {
        return intent.accept(new Intent.Visitor<>() {
            @Override
            public String upsert(Intent.Upsert upsert) {
                return UPSERT;
            }

            @Override
            public String delete(Intent.Delete delete) {
                return DELETE;
            }
        });
    }

    /** The entry of the table's stream that was read as {@code fields}. */
    static Entry decode(
            RedisConnection redis, TableName table, StreamId streamId, Map<String, String> fields, long deliveries) {
        return RawEntry.isText(redis, table, streamId, fields)
                ? decode(streamId, fields, deliveries)
                : new Entry.Malformed(streamId, "it holds bytes that are not UTF-8", Optional.empty(), deliveries);
    }

    private static Entry decode(StreamId streamId, Map<String, String> fields, long deliveries) {
        Optional<OpId> opId = Optional.empty();
        try {
            String name = fields.getOrDefault("op_id", "");
            opId = name.isEmpty() ? Optional.empty() : Optional.of(new OpId(name));
            String op = fields.getOrDefault("op", "");
            if (op.equals(MARKER)) {
                return new Entry.Marker(streamId, deliveries);
            }
            RowId id = new RowId(fields.getOrDefault("id", ""));
            String version = fields.getOrDefault("if_version", "");
            Optional<RowCondition> condition =
                    version.isEmpty() ? Optional.empty() : Optional.of(RowCondition.parse(version));
            return switch (op) {
                case UPSERT ->
                    new Entry.Write(
                            streamId,
                            new Intent.Upsert(id, fields.getOrDefault("payload", "")),
                            opId,
                            condition,
                            deliveries);
                case DELETE -> new Entry.Write(streamId, new Intent.Delete(id), opId, condition, deliveries);
                default ->
                    new Entry.Malformed(
                            streamId, "its op is '" + op + "', neither upsert nor delete", opId, deliveries);
            };
        } catch (InvalidValueException e) {
            return new Entry.Malformed(streamId, String.valueOf(e.getMessage()), opId, deliveries);
        }
    }
}
