package io.ghala.redis.intents;

import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An entry of the intents stream in its bytes: as text, bytes that are no UTF-8 are replaced without a word. */
final class RawEntry {
    private static final char REPLACEMENT = '\uFFFD';

    private RawEntry() {}

    /** Whether all of an entry, which was read as {@code fields}, came as text. */
    static boolean isText(RedisConnection redis, TableName table, StreamId id, Map<String, String> fields) {
        boolean doubtful = fields.entrySet().stream()
                .anyMatch(field -> field.getKey().indexOf(REPLACEMENT) >= 0
                        || field.getValue().indexOf(REPLACEMENT) >= 0);
        if (!doubtful) {
            return true;
        }
        byte[] key = KeySchema.intents(table).getBytes(StandardCharsets.UTF_8);
        byte[] at = id.toString().getBytes(StandardCharsets.US_ASCII);
        return isText(redis.call(r -> r.xrange(key, at, at)));
    }

    private static boolean isText(Object answer) {
        if (answer instanceof List<?> list) {
            return list.stream().allMatch(RawEntry::isText);
        }
        if (!(answer instanceof byte[] bytes)) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
