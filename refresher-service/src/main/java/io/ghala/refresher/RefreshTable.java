package io.ghala.refresher;

import io.ghala.intent.SettledWrites.Settled;
import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.refresher.change.Cost;
import io.ghala.refresher.change.FolderMovedException;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.Manifest;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the published snapshot of one table up to its folder: which writes are settled, what changed in the folder,
 * what that means for rows and types, which parts follow, one flip. Each step is a class of its own. Whatever goes
 * wrong on the way, what is known is thrown away and taken up again from the published version, or from the folder
 * where that cannot be.
 */
final class RefreshTable {
    private static final Logger log = LoggerFactory.getLogger(RefreshTable.class);
    private final TableName table;
    private final RefreshSteps steps;

    RefreshTable(TableName table, RefreshSteps steps) {
        this.table = table;
        this.steps = steps;
    }

    /**
     * One refresh under the lease, with a listing of the folder if it is due or {@code asked} for; returns whether the
     * folder should be looked at again soon.
     *
     * @throws java.nio.file.NoSuchFileException when the table's folder is gone
     */
    boolean refresh(Lease lease, boolean asked) throws IOException {
        steps.report().begin();
        // Before the listing: whatever is settled now is in the files that the listing sees.
        Optional<Settled> settled = steps.writes().settled(table);
        if (steps.settings().read()) {
            steps.known().forget();
        }
        try {
            Manifest manifest = refresh(lease, asked, settled);
            steps.people().tell(steps.look(), steps.settings().problem(), manifest.version(), lease);
        } catch (FolderMovedException e) {
            log.info("looking again table={} reason=\"{}\"", table, e.getMessage());
            steps.known().forget();
            return true;
        } catch (IOException | RuntimeException e) {
            steps.known().forget();
            throw e;
        }
        steps.snapshots().sweep(table, lease);
        return steps.look().lookAgain();
    }

    private Manifest refresh(Lease lease, boolean asked, Optional<Settled> settled)
            throws IOException, FolderMovedException {
        TableState state = steps.known().state(steps.settings().hash(), steps.look());
        FolderChange seen = steps.look().look(state, settled, asked);
        FolderChange change = steps.repair()
                .with(seen, state)
                .withAlso(steps.people().toReadAnew(steps.look(), state))
                .withAlso(steps.takeOut().reported(state));
        steps.settings().establishReference(change, steps.change()::reader);
        if (change.isEmpty() && !steps.repair().isDue() && state.published().isPresent()) {
            Manifest manifest = state.published().get();
            steps.publish().moveWatermark(settled, manifest, lease);
            return manifest;
        }
        Cost cost = steps.change().apply(state, steps.settings(), change);
        Manifest manifest = steps.publish().publish(state, steps.settings().current(), settled, lease);
        steps.report().end(manifest, cost);
        steps.repair().published();
        steps.change().dropKept(state);
        return manifest;
    }
}
