package io.ghala.redis;

import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog.Entry;
import io.ghala.model.InvalidValueException;
import io.ghala.model.OpId;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import java.util.Map;
import java.util.Optional;

/** The fields of an entry of an intents stream: {@code op} (upsert or delete), {@code id}, {@code payload}, {@code op_id}. */
final class IntentFields {
    static final String UPSERT = "upsert";
    static final String DELETE = "delete";

    private IntentFields() {}

    static Entry decode(StreamId streamId, Map<String, String> fields, long deliveries) {
        Optional<OpId> opId = Optional.empty();
        try {
            String name = fields.getOrDefault("op_id", "");
            opId = name.isEmpty() ? Optional.empty() : Optional.of(new OpId(name));
            RowId id = new RowId(fields.getOrDefault("id", ""));
            String op = fields.getOrDefault("op", "");
            return switch (op) {
                case UPSERT ->
                    new Entry.Write(
                            streamId, new Intent.Upsert(id, fields.getOrDefault("payload", "")), opId, deliveries);
                case DELETE -> new Entry.Write(streamId, new Intent.Delete(id), opId, deliveries);
                default ->
                    new Entry.Malformed(
                            streamId, "its op is '" + op + "', neither upsert nor delete", opId, deliveries);
            };
        } catch (InvalidValueException e) {
            return new Entry.Malformed(streamId, String.valueOf(e.getMessage()), opId, deliveries);
        }
    }
}
