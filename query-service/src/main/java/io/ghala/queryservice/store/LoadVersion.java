package io.ghala.queryservice.store;

import io.ghala.model.TableName;
import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.DeletionVector;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a table in DuckDB to a version in one transaction: by difference where that fits what is loaded, else by a
 * full load.
 */
final class LoadVersion {
    private static final Logger log = LoggerFactory.getLogger(LoadVersion.class);

    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final InsertParts insert;
    private final Connections connections;
    private final LoadedVersions versions;
    private long sequence;

    LoadVersion(
            SnapshotReader snapshots,
            BufferAllocator allocator,
            InsertParts insert,
            Connections connections,
            LoadedVersions versions) {
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.insert = insert;
        this.connections = connections;
        this.versions = versions;
    }

    /** Opens connections to the DuckDB that is loaded into. */
    interface Connections {
        org.duckdb.DuckDBConnection open() throws SQLException;
    }

    /** What a load did; {@code bytes} as encoded. */
    record Done(LoadedTable table, boolean full, int parts, long rows, long bytes, long deletedRows) {}

    /**
     * Loads {@code manifest}.
     *
     * @throws io.ghala.snapshot.MissingBlobException when a blob is gone
     * @throws CorruptSnapshotException when a blob is damaged, or the blobs are not the rows that the manifest tells of
     */
    Done load(@Nullable LoadedTable before, Manifest manifest) throws SQLException {
        if (before != null) {
            Optional<TableChange> change = TableChange.difference(before, manifest, hidden(before, manifest));
            if (change.isPresent()) {
                try {
                    return apply(before, manifest, change.get());
                } catch (SQLException | DoesNotFitException e) {
                    log.warn(
                            "difference does not fit table={} version={} problem=\"{}\" next=\"loads all of it\"",
                            manifest.table(),
                            manifest.version(),
                            e.getMessage());
                }
            }
        }
        return loadAll(before, manifest);
    }

    /** The hidden rows of each part whose deletion vector is not the loaded one. */
    private Map<List<String>, BitSet> hidden(@Nullable LoadedTable before, Manifest manifest) {
        List<PartRef> parts = new ArrayList<>();
        List<BlobRef> blobs = new ArrayList<>();
        for (PartRef part : manifest.parts()) {
            LoadedPart loaded = before == null ? null : before.parts().get(LoadedPart.key(part));
            if (part.deletes().isPresent()
                    && (loaded == null || !loaded.part().deletes().equals(part.deletes()))) {
                parts.add(part);
                blobs.add(part.deletes().get());
            }
        }
        List<byte[]> fetched = snapshots.blobs(blobs);
        Map<List<String>, BitSet> hidden = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            hidden.put(LoadedPart.key(parts.get(i)), DeletionVector.decode(fetched.get(i), parts.get(i), allocator));
        }
        return hidden;
    }

    private Done apply(LoadedTable before, Manifest manifest, TableChange change) throws SQLException {
        StoredTable stored = before.stored();
        StoredColumns columns = change.columns().after();
        long deleted = 0;
        long deletedBytes = 0;
        try (StoreTransaction transaction = begin()) {
            for (String action : change.columns().actions()) {
                transaction.execute("ALTER TABLE " + stored.rows() + " " + action);
            }
            for (LoadedPart part : change.gone()) {
                long rows = part.part().rows() - part.hidden().cardinality();
                requireRows(rows == 0 ? 0 : transaction.deletePart(stored, part), rows, "deleted from a part");
                deleted += rows;
                deletedBytes += part.bytes(rows);
            }
            for (TableChange.HiddenRows rows : change.hidden()) {
                int expected = rows.rows().cardinality();
                requireRows(transaction.deleteRows(stored, rows.part(), rows.rows()), expected, "hidden in a part");
                deleted += expected;
                deletedBytes += rows.part().bytes(expected);
            }
            long inserted = insert.insert(transaction, stored, columns, manifest, change.added());
            requireRows(transaction.count(stored), manifest.rows(), "in the table");
            if (!columns.equals(before.columns())) {
                transaction.show(manifest.table(), stored, columns);
            }
            transaction.note(manifest, before.manifest());
            transaction.commit();
            LoadedTable after = new LoadedTable(
                    manifest, stored, columns, change.parts(), change.nextPart(), before.deadBytes() + deletedBytes);
            return new Done(after, false, change.added().size(), inserted, bytes(change), deleted);
        }
    }

    private static long bytes(TableChange change) {
        return change.added().stream().mapToLong(part -> part.part().bytes()).sum();
    }

    private static void requireRows(long found, long expected, String where) {
        if (found != expected) {
            throw new DoesNotFitException(found + " rows " + where + " instead of " + expected);
        }
    }

    private Done loadAll(@Nullable LoadedTable before, Manifest manifest) throws SQLException {
        TableChange change = TableChange.everything(manifest, hidden(null, manifest));
        StoredColumns columns = change.columns().after();
        StoredTable stored = StoredTable.of(manifest.table(), sequence++);
        try (StoreTransaction transaction = begin()) {
            transaction.create(stored, columns);
            long inserted = insert.insert(transaction, stored, columns, manifest, change.added());
            if (inserted != manifest.rows()) {
                throw new CorruptSnapshotException("table " + manifest.table() + " version " + manifest.version()
                        + " loaded " + inserted + " rows instead of " + manifest.rows());
            }
            transaction.show(manifest.table(), stored, columns);
            transaction.note(manifest, before == null ? null : before.manifest());
            if (before != null) {
                transaction.drop(before.stored());
            }
            transaction.commit();
            LoadedTable after = new LoadedTable(manifest, stored, columns, change.parts(), change.nextPart(), 0);
            long deleted = before == null ? 0 : before.manifest().rows();
            return new Done(after, true, change.added().size(), inserted, bytes(change), deleted);
        }
    }

    private StoreTransaction begin() throws SQLException {
        return new StoreTransaction(connections.open(), versions);
    }

    /** Copies the rows into a table of their own, so that the memory of deleted ones comes back. */
    LoadedTable rewrite(LoadedTable table) throws SQLException {
        TableName shown = table.manifest().table();
        LoadedTable fresh = table.rewritten(StoredTable.of(shown, sequence++));
        try (StoreTransaction transaction = begin()) {
            transaction.copy(table.stored(), fresh.stored());
            transaction.show(shown, fresh.stored(), fresh.columns());
            transaction.drop(table.stored());
            transaction.commit();
        }
        return fresh;
    }

    /** Takes the table away. */
    void remove(LoadedTable table) throws SQLException {
        try (StoreTransaction transaction = begin()) {
            transaction.hide(table.manifest().table());
            transaction.drop(table.stored());
            transaction.commit();
        }
    }

    /** What is loaded is not what the difference was made for. */
    private static final class DoesNotFitException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DoesNotFitException(String message) {
            super(message);
        }
    }
}
