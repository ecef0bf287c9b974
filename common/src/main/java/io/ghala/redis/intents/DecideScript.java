package io.ghala.redis.intents;

import io.ghala.intent.IntentLog.Decision;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * Decides a conditional entry once: the first proposal is kept and every later one obeys it. The decision is dropped
 * when the entry is settled.
 *
 * <p>KEYS cas, intents. ARGV group, stream id, proposal ({@code +} to apply, {@code -} and the reason not to). Returns
 * the decision, or empty text when the entry is settled.
 */
final class DecideScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if #redis.call('XPENDING', KEYS[2], ARGV[1], ARGV[2], ARGV[2], 1) == 0 then return '' end
            redis.call('HSETNX', KEYS[1], ARGV[2], ARGV[3])
            return redis.call('HGET', KEYS[1], ARGV[2])
            """);

    private DecideScript() {}

    static Optional<Decision> run(RedisConnection redis, TableName table, StreamId entry, Optional<String> proposal) {
        List<String> keys = List.of(KeySchema.cas(table), KeySchema.intents(table));
        List<String> arguments = List.of(
                KeySchema.WORKERS,
                entry.toString(),
                proposal.map(against -> "-" + against).orElse("+"));
        String decided = redis.call(r -> SCRIPT.run(r, keys, arguments)).toString();
        if (decided.isEmpty()) {
            return Optional.empty();
        }
        boolean apply = decided.startsWith("+");
        return Optional.of(new Decision(apply ? Optional.empty() : Optional.of(decided.substring(1))));
    }
}
