package io.ghala.refresher;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.publish.TakeUpTable;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of a table: as before while it is what is published, else taken up from there or begun anew. */
final class KnownTable {
    private static final Logger log = LoggerFactory.getLogger(KnownTable.class);
    private final TableName table;
    private final SnapshotReader snapshots;
    private final TakeUpTable takeUp;
    private @Nullable TableState state;

    KnownTable(TableName table, SnapshotReader snapshots, TakeUpTable takeUp) {
        this.table = table;
        this.snapshots = snapshots;
        this.takeUp = takeUp;
    }

    /** Nothing is known any more. */
    void forget() {
        state = null;
    }

    /**
     * {@code settingsHash} is of the settings that rows must have been read under; {@code look} begins anew where the
     * state does.
     */
    TableState state(long settingsHash, LookAtFolder look) {
        TableState known = state;
        if (known != null && known.published().map(Manifest::version).equals(publishedVersion())) {
            return known;
        }
        TableState next = takeUp.state(settingsHash);
        look.startFrom(next);
        state = next;
        return next;
    }

    private Optional<SnapshotVersion> publishedVersion() {
        try {
            return snapshots.version(table);
        } catch (CorruptSnapshotException e) {
            log.warn("manifest damaged table={} problem=\"{}\"", table, e.getMessage());
            return Optional.empty();
        }
    }
}
