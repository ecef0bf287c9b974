package io.ghala.testing.memory;

import io.ghala.model.TableName;
import io.ghala.snapshot.UnloadableVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reports in memory. */
public final class MemoryUnloadableVersions implements UnloadableVersions {
    private final Map<TableName, Unloadable> reported = new HashMap<>();

    @Override
    public void report(TableName table, Unloadable version) {
        reported.put(table, version);
    }

    @Override
    public Optional<Unloadable> take(TableName table) {
        return Optional.ofNullable(reported.remove(table));
    }
}
