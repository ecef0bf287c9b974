package io.ghala.redis.snapshots;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.UnloadableVersions;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A string per table: a JSON object. */
final class RedisUnloadableVersions implements UnloadableVersions {
    private static final Logger log = LoggerFactory.getLogger(RedisUnloadableVersions.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final RedisConnection redis;

    @Inject
    RedisUnloadableVersions(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void report(TableName table, Unloadable version) {
        ObjectNode out = JSON.createObjectNode()
                .put("version", version.version().value())
                .put("problem", version.problem());
        version.files().forEach(out.putArray("files")::add);
        redis.call(r -> r.set(KeySchema.unloadable(table), out.toString()));
        redis.call(r -> r.publish(
                KeySchema.ANNOUNCE, AnnouncementCodec.encode(Announcement.Kind.LOOK, table, SnapshotVersion.NONE)));
    }

    @Override
    public Optional<Unloadable> take(TableName table) {
        String text = redis.call(r -> r.getDel(KeySchema.unloadable(table)));
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode told = JSON.readTree(text);
            List<String> files = new ArrayList<>();
            told.path("files").forEach(file -> files.add(file.asText()));
            return Optional.of(new Unloadable(
                    new SnapshotVersion(told.path("version").asLong()),
                    told.path("problem").asText(),
                    files));
        } catch (JsonProcessingException e) {
            log.warn("not understood key={} problem=\"{}\"", KeySchema.unloadable(table), e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
