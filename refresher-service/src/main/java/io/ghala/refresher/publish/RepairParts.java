package io.ghala.refresher.publish;

import com.codahale.metrics.MetricRegistry;
import io.ghala.model.TableName;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the parts that readers asked to be repaired because a blob was missing or damaged: their files are read again.
 */
public final class RepairParts {
    private static final Logger log = LoggerFactory.getLogger(RepairParts.class);
    private final TableName table;
    private final SnapshotPublisher snapshots;
    private final MetricRegistry metrics;
    private boolean asked;

    public RepairParts(TableName table, SnapshotPublisher snapshots, MetricRegistry metrics) {
        this.table = table;
        this.snapshots = snapshots;
        this.metrics = metrics;
    }

    /**
     * {@code change} with the files of damaged parts, where somebody asked for repair since a version was last
     * {@link #published}.
     */
    public FolderChange with(FolderChange change, TableState state) {
        asked |= snapshots.takeRepairRequest(table);
        if (!asked) {
            return change;
        }
        List<FoundFile> damaged = new ArrayList<>();
        for (Part part : state.index().parts()) {
            if (part.ref().isPresent() && !intact(part.ref().get())) {
                log.warn("repairing table={} files={}", table, part.liveFiles().size());
                metrics.counter("ghala.refresher.repairs").inc();
                part.liveFiles().stream()
                        .filter(file -> !change.gone().contains(file.name()))
                        .forEach(file -> damaged.add(new FoundFile(file.name(), file.stamp())));
            }
        }
        return change.withAlso(damaged);
    }

    private boolean intact(PartRef part) {
        try {
            part.allBlobs().forEach(blob -> snapshots.blobs(List.of(blob)));
            return true;
        } catch (MissingBlobException | CorruptSnapshotException e) {
            log.warn("blob lost table={} problem=\"{}\"", table, e.getMessage());
            return false;
        }
    }

    /**
     * Whether a version must be published even if nothing changed: what was asked for counts until then, whatever fails
     * before.
     */
    public boolean isDue() {
        return asked;
    }

    public void published() {
        asked = false;
    }
}
