package io.ghala.redis.queries;

import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import io.ghala.redis.wire.KeySchema;
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
final class RedisStatementLosses implements StatementLosses {
    private static final long SILENT_MS = 10_000;
    private static final long MEMORY_MS = 600_000;
    private static final int ENOUGH = 2;

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
            NoteLossesScript.run(redis, arguments);
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
        List<String> members = LossesScript.run(redis, MEMORY_MS);
        Map<String, Set<String>> instances = new HashMap<>();
        for (String member : members) {
            int blank = member.indexOf(' ');
            // What others put there is no hash.
            if (blank > 0 && StatementHash.isOne(member.substring(0, blank))) {
                instances
                        .computeIfAbsent(member.substring(0, blank), hash -> new HashSet<>())
                        .add(member.substring(blank + 1));
            }
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
