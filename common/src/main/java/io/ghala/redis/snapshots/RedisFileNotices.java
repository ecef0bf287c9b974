package io.ghala.redis.snapshots;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.ghala.folder.FileNotice;
import io.ghala.folder.FileNotice.Kind;
import io.ghala.folder.FileNotices;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A string per table that has any: a JSON array of {@code [kind, file, reason]}. */
final class RedisFileNotices implements FileNotices {
    private static final Logger log = LoggerFactory.getLogger(RedisFileNotices.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final RedisConnection redis;

    @Inject
    RedisFileNotices(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void note(TableName table, List<FileNotice> notices) {
        String key = KeySchema.notices(table);
        if (notices.isEmpty()) {
            redis.call(r -> r.del(key));
            return;
        }
        ArrayNode array = JSON.createArrayNode();
        notices.forEach(notice ->
                array.addArray().add(notice.kind().label()).add(notice.file()).add(notice.reason()));
        redis.call(r -> r.set(key, array.toString()));
    }

    @Override
    public List<FileNotice> list(TableName table) {
        String text = redis.call(r -> r.get(KeySchema.notices(table)));
        if (text == null) {
            return List.of();
        }
        try {
            List<FileNotice> notices = new ArrayList<>();
            for (JsonNode notice : JSON.readTree(text)) {
                // A kind that only a newer refresher knows is left out.
                Arrays.stream(Kind.values())
                        .filter(kind -> kind.label().equals(notice.path(0).asText()))
                        .findFirst()
                        .ifPresent(kind -> notices.add(new FileNotice(
                                kind, notice.path(1).asText(), notice.path(2).asText())));
            }
            return notices;
        } catch (JsonProcessingException e) {
            log.warn(
                    "not understood key={} problem=\"{}\" next=\"the refresher writes it anew when it changes\"",
                    KeySchema.notices(table),
                    e.getOriginalMessage());
            return List.of();
        }
    }
}
