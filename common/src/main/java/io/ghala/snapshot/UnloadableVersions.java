package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * Versions that were published and that a query-service cannot load all the same. The refresher publishes nothing that
 * it knows cannot be loaded; this is for what it does not know.
 */
public interface UnloadableVersions {
    /** Tells the refresher; replaces what was told of the table before. */
    void report(TableName table, Unloadable version);

    /** What was reported since the last call, empty where nothing was. */
    Optional<Unloadable> take(TableName table);

    /**
     * A version that cannot be loaded.
     *
     * @param problem what the query-service says
     * @param files those whose rows it cannot take, by their path inside the table's folder
     */
    record Unloadable(SnapshotVersion version, String problem, List<String> files) {
        public Unloadable {
            files = List.copyOf(files);
        }
    }
}
