package io.ghala.redis.snapshots;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ghala.folder.UnservedEntries;
import io.ghala.folder.UnservedEntry;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A string: a JSON array of {@code [name, reason]}. */
final class RedisUnservedEntries implements UnservedEntries {
    private static final Logger log = LoggerFactory.getLogger(RedisUnservedEntries.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final RedisConnection redis;

    @Inject
    RedisUnservedEntries(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void note(List<UnservedEntry> entries) {
        ArrayNode array = JSON.createArrayNode();
        entries.forEach(entry -> array.addArray().add(entry.name()).add(entry.reason()));
        String text = array.toString();
        // Read first, since every refresher says the same again and again, and a write costs the log of Redis.
        if (!text.equals(redis.call(r -> r.get(KeySchema.UNSERVED)))) {
            redis.call(r -> r.set(KeySchema.UNSERVED, text));
        }
    }

    @Override
    public List<UnservedEntry> list() {
        String text = redis.call(r -> r.get(KeySchema.UNSERVED));
        if (text == null) {
            return List.of();
        }
        try {
            List<UnservedEntry> entries = new ArrayList<>();
            for (JsonNode entry : JSON.readTree(text)) {
                entries.add(
                        new UnservedEntry(entry.path(0).asText(), entry.path(1).asText()));
            }
            return entries;
        } catch (JsonProcessingException e) {
            log.warn(
                    "not understood key={} problem=\"{}\" next=\"a refresher writes it anew\"",
                    KeySchema.UNSERVED,
                    e.getOriginalMessage());
            return List.of();
        }
    }
}
