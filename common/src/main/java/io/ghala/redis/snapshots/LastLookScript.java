package io.ghala.redis.snapshots;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.FolderLooks.Look;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The last look at a folder and how long ago it began, both by the clock of Redis.
 *
 * <p>KEYS looked. Returns {version, milliseconds}, or {} where no look is noted or what is there is none.
 */
final class LastLookScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local looked = redis.call('GET', KEYS[1])
            local version, at = string.match(looked or '', '^(%d+) (%d+)$')
            if not version or #version > 18 then return {} end
            local now = redis.call('TIME')
            return {version, string.format('%.0f', math.max(0, now[1] * 1000 + math.floor(now[2] / 1000) - tonumber(at)))}
            """);

    private LastLookScript() {}

    static Optional<Look> run(RedisConnection redis, TableName table) {
        List<?> answer = (List<?>) redis.call(r -> SCRIPT.run(r, List.of(KeySchema.looked(table)), List.of()));
        return answer.isEmpty()
                ? Optional.empty()
                : Optional.of(new Look(
                        new SnapshotVersion(Long.parseLong(String.valueOf(answer.get(0)))),
                        Duration.ofMillis(Long.parseLong(String.valueOf(answer.get(1))))));
    }
}
