package io.ghala.lease;

import io.ghala.config.GhalaConfig.TableSelection;
import io.ghala.model.TableName;
import java.io.IOException;
import java.util.Collection;

/**
 * Goes through the selected tables whose role this process holds, one after the other. A table that fails keeps none
 * from its turn.
 */
public final class LeasedTables {
    private final TableSelection selection;
    private final HeldLeases leases;

    public LeasedTables(TableSelection selection, HeldLeases leases) {
        this.selection = selection;
        this.leases = leases;
    }

    /** What is done for a table. */
    public interface Step {
        /**
         * {@code held} says whether this process holds the role; without it the step only lets go of what it has of the
         * table.
         */
        void run(TableName table, boolean held) throws IOException, InterruptedException;
    }

    /**
     * Takes the step for each of {@code tables} that is selected.
     *
     * @throws IOException naming the first table that failed; the others are suppressed in it
     */
    public void each(Collection<TableName> tables, Step step) throws IOException, InterruptedException {
        IOException failure = null;
        for (TableName table : tables) {
            if (!selection.includes(table)) {
                continue;
            }
            try {
                step.run(table, leases.of(table).isPresent());
            } catch (IOException e) {
                IOException named = new IOException("table " + table + ": " + e.getMessage(), e);
                if (failure == null) {
                    failure = named;
                } else {
                    failure.addSuppressed(named);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
