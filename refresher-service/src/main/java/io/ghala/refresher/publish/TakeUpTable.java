package io.ghala.refresher.publish;

import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up from the published version what a refresher must know of a table; begins anew where that cannot be. */
public final class TakeUpTable {
    private static final Logger log = LoggerFactory.getLogger(TakeUpTable.class);
    private final TableName table;
    private final SnapshotFormat format;
    private final SnapshotPublisher snapshots;
    private final StoreParts store;

    public TakeUpTable(TableName table, SnapshotFormat format, SnapshotPublisher snapshots, StoreParts store) {
        this.table = table;
        this.format = format;
        this.snapshots = snapshots;
        this.store = store;
    }

    /** {@code settingsHash} is of the settings that parts must have been read under. */
    public TableState state(long settingsHash) {
        Optional<Manifest> manifest;
        try {
            manifest = snapshots.manifest(table);
        } catch (CorruptSnapshotException e) {
            log.warn("manifest replaced table={} problem=\"{}\"", table, e.getMessage());
            snapshots.withdrawCorrupt(table);
            return new TableState(Optional.empty());
        }
        TableState restored = new TableState(manifest);
        if (manifest.isEmpty() || manifest.get().format() != format) {
            return new TableState(manifest);
        }
        try {
            for (PartRef part : manifest.get().parts()) {
                restored.index().restore(store.restore(part, settingsHash));
            }
            for (PartRef part : manifest.get().hiddenParts()) {
                restored.index().restore(store.restore(part, settingsHash));
            }
            restored.restored();
            log.info(
                    "taken up table={} version={} files={}",
                    table,
                    manifest.get().version(),
                    restored.count());
            return restored;
        } catch (CorruptSnapshotException | MissingBlobException e) {
            log.info("building anew table={} reason=\"{}\"", table, e.getMessage());
            return new TableState(manifest);
        }
    }
}
