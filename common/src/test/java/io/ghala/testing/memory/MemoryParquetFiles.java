package io.ghala.testing.memory;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.ParquetFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps in memory what the writer says of its files. */
public final class MemoryParquetFiles implements ParquetFiles {
    private final Map<TableName, State> states = new HashMap<>();

    @Override
    public void holds(TableName table, SnapshotVersion version) {
        states.put(table, new State(Optional.of(version), Optional.empty()));
    }

    @Override
    public void leaves(TableName table, String reason) {
        states.put(table, new State(Optional.empty(), Optional.of(reason)));
    }

    @Override
    public Optional<State> state(TableName table) {
        return Optional.ofNullable(states.get(table));
    }
}
