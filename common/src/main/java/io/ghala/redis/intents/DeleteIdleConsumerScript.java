package io.ghala.redis.intents;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;

/**
 * Deletes a consumer only while it holds nothing: deleting it would forget what it holds.
 *
 * <p>KEYS intents. ARGV group, consumer. Returns 1 when it went.
 */
final class DeleteIdleConsumerScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """);

    private DeleteIdleConsumerScript() {}

    static void run(RedisConnection redis, TableName table, String consumer) {
        redis.call(r -> SCRIPT.run(r, List.of(KeySchema.intents(table)), List.of(KeySchema.WORKERS, consumer)));
    }
}
