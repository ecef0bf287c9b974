package io.ghala.redis.snapshots;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Takes the files that are to be read anew in one step. KEYS anew. Returns the members of the set, which is gone after
 * it.
 */
final class TakeReadAnewScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            local files = redis.call('SMEMBERS', KEYS[1])
            if #files > 0 then redis.call('DEL', KEYS[1]) end
            return files
            """);

    private TakeReadAnewScript() {}

    static List<String> run(RedisConnection redis, TableName table) {
        List<?> files = (List<?>) redis.call(r -> SCRIPT.run(r, List.of(KeySchema.anew(table)), List.of()));
        return files.stream().map(String::valueOf).toList();
    }
}
