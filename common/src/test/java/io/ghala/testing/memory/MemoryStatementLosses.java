package io.ghala.testing.memory;

import io.ghala.query.StatementHash;
import io.ghala.query.StatementLosses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Losses in memory, which are never forgotten; no instance falls silent. */
public final class MemoryStatementLosses implements StatementLosses {
    private final Map<StatementHash, Set<String>> lost = new HashMap<>();

    @Override
    public void running(String instance, Set<StatementHash> statements) {
        // Counts only for instances that fall silent.
    }

    @Override
    public synchronized void ended(String instance, Set<StatementHash> statements) {
        statements.forEach(
                statement -> lost.getOrDefault(statement, new HashSet<>()).remove(instance));
    }

    @Override
    public synchronized void lost(String instance, StatementHash statement) {
        lost.computeIfAbsent(statement, s -> new HashSet<>()).add(instance);
    }

    @Override
    public synchronized Set<StatementHash> refused() {
        return lost.entrySet().stream()
                .filter(entry -> entry.getValue().size() >= 2)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
