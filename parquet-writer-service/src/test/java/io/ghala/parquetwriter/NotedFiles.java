package io.ghala.parquetwriter;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.ParquetFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps in memory what the writer says of its files. */
final class NotedFiles implements ParquetFiles {
    private final Map<TableName, SnapshotVersion> versions = new HashMap<>();

    @Override
    public void holds(TableName table, SnapshotVersion version) {
        versions.put(table, version);
    }

    @Override
    public Optional<SnapshotVersion> version(TableName table) {
        return Optional.ofNullable(versions.get(table));
    }
}
