package io.ghala.redis.queries;

import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A sorted set with a member per statement and instance. Its score is the time from which the instance counts as lost,
 * so that an instance which still renews it does not count yet.
 */
public final class RedisStatementLosses implements StatementLosses {
    private static final long SILENT_MS = 10_000;
    private static final long MEMORY_MS = 600_000;
    private static final int ENOUGH = 2;

    /** KEYS lost; ARGV ms until it counts, memory ms, members. */
    private static final LuaScript NOTE = new LuaScript("""
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            for i = 3, #ARGV do redis.call('ZADD', KEYS[1], ms + ARGV[1], ARGV[i]) end
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ms - ARGV[2])
            redis.call('PEXPIRE', KEYS[1], 2 * ARGV[2])
            return 'ok'
            """);
    /** KEYS lost; ARGV memory ms. Returns the members that count now. */
    private static final LuaScript LOST = new LuaScript("""
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            return redis.call('ZRANGEBYSCORE', KEYS[1], ms - ARGV[1], ms)
            """);

    private final RedisConnection redis;

    @Inject
    RedisStatementLosses(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void running(String instance, Set<StatementHash> statements) {
        note(SILENT_MS, instance, statements);
    }

    @Override
    public void lost(String instance, StatementHash statement) {
        note(0, instance, Set.of(statement));
    }

    private void note(long countsInMs, String instance, Set<StatementHash> statements) {
        if (!statements.isEmpty()) {
            List<String> arguments = new ArrayList<>(List.of(Long.toString(countsInMs), Long.toString(MEMORY_MS)));
            statements.forEach(statement -> arguments.add(member(instance, statement)));
            redis.call(r -> NOTE.run(r, List.of(KeySchema.LOST), arguments));
        }
    }

    @Override
    public void ended(String instance, Set<StatementHash> statements) {
        if (!statements.isEmpty()) {
            String[] members = statements.stream().map(s -> member(instance, s)).toArray(String[]::new);
            redis.call(r -> r.zrem(KeySchema.LOST, members));
        }
    }

    @Override
    public Set<StatementHash> refused() {
        List<?> members =
                (List<?>) redis.call(r -> LOST.run(r, List.of(KeySchema.LOST), List.of(Long.toString(MEMORY_MS))));
        Map<String, Set<String>> instances = new HashMap<>();
        for (Object member : members) {
            String[] parts = member.toString().split(" ", 2);
            instances.computeIfAbsent(parts[0], hash -> new HashSet<>()).add(parts[1]);
        }
        return instances.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= ENOUGH)
                .map(entry -> new StatementHash(entry.getKey()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String member(String instance, StatementHash statement) {
        return statement + " " + instance;
    }
}
