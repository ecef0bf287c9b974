package io.ghala.redis.roles;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.presence.PresenceBoard;
import io.ghala.presence.ServiceIdentity;
import io.ghala.presence.ServiceKind;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One hash for all services; each field carries its own expiry, and whoever reads removes what is over. */
final class RedisPresenceBoard implements PresenceBoard {
    private static final Logger log = LoggerFactory.getLogger(RedisPresenceBoard.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RedisConnection redis;
    private final Clock clock;

    @Inject
    RedisPresenceBoard(RedisConnection redis, Clock clock) {
        this.redis = redis;
        this.clock = clock;
    }

    @Override
    public void show(Presence presence, Duration timeToLive) {
        ServiceIdentity identity = presence.identity();
        ObjectNode out = JSON.createObjectNode()
                .put("kind", identity.kind().label())
                .put("instance", identity.instance())
                .put("pid", identity.pid())
                .put("host", identity.host())
                .put("started_at_ms", identity.startedAt().toEpochMilli())
                .put("http", presence.httpAddress())
                .put("expires_at_ms", clock.instant().plus(timeToLive).toEpochMilli());
        ObjectNode problems = out.putObject("problems");
        new TreeMap<>(presence.problems()).forEach(problems::put);
        redis.call(r -> r.hset(KeySchema.SERVICES, identity.instance(), out.toString()));
    }

    @Override
    public void remove(ServiceIdentity identity) {
        redis.call(r -> r.hdel(KeySchema.SERVICES, identity.instance()));
    }

    @Override
    public List<Presence> all() {
        List<Presence> all = new ArrayList<>();
        for (Map.Entry<String, String> field :
                redis.call(r -> r.hgetAll(KeySchema.SERVICES)).entrySet()) {
            try {
                JsonNode node = JSON.readTree(field.getValue());
                if (node.path("expires_at_ms").asLong() < clock.millis()) {
                    redis.call(r -> r.hdel(KeySchema.SERVICES, field.getKey()));
                } else {
                    ServiceKind.ofLabel(node.path("kind").asText()).ifPresent(kind -> all.add(presence(kind, node)));
                }
            } catch (JsonProcessingException e) {
                log.warn(
                        "presence record removed key={} field={} reason=\"it is no JSON\"",
                        KeySchema.SERVICES,
                        field.getKey());
                redis.call(r -> r.hdel(KeySchema.SERVICES, field.getKey()));
            }
        }
        return all;
    }

    private static Presence presence(ServiceKind kind, JsonNode node) {
        Map<String, String> problems = new TreeMap<>();
        node.path("problems")
                .properties()
                .forEach(entry -> problems.put(entry.getKey(), entry.getValue().asText()));
        return new Presence(
                new ServiceIdentity(
                        kind,
                        node.path("instance").asText(),
                        node.path("pid").asLong(),
                        node.path("host").asText(),
                        Instant.ofEpochMilli(node.path("started_at_ms").asLong())),
                node.path("http").asText(),
                problems);
    }
}
