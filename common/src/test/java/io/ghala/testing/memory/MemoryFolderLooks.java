package io.ghala.testing.memory;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.FolderLooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks in memory, which grow no older by themselves. */
public final class MemoryFolderLooks implements FolderLooks {
    private final Map<TableName, Look> last = new HashMap<>();
    private final List<SnapshotVersion> versions = new ArrayList<>();
    private final List<TableName> asked = new ArrayList<>();

    /** Versions that were noted to stand for a look, the last one last. */
    public List<SnapshotVersion> versions() {
        return versions;
    }

    /** Tables that somebody wanted to be looked at. */
    public List<TableName> asked() {
        return asked;
    }

    /** Notes a look, or how old it is by now. */
    public void looked(TableName table, SnapshotVersion version, Duration ago) {
        last.put(table, new Look(version, ago));
        versions.add(version);
    }

    @Override
    public void looked(TableName table, SnapshotVersion version, Duration ago, Lease lease) {
        looked(table, version, ago);
    }

    @Override
    public Optional<Look> last(TableName table) {
        return Optional.ofNullable(last.get(table));
    }

    @Override
    public void ask(TableName table) {
        asked.add(table);
    }
}
