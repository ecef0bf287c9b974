package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.UnloadableVersions.Unloadable;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.codec.BlobCodecs;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that keep a version from being loaded, among those whose rows are new in it: loads ever fewer of them
 * with the columns that they bring, and takes each try back.
 */
final class BlameFiles {
    /** How messages of DuckDB begin that are about no file. */
    private static final List<String> OF_THE_MACHINE = List.of("Out of Memory", "IO Error", "INTERRUPT", "FATAL");

    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final InsertParts insert;
    private final LoadVersion.Connections connections;
    private final LoadedVersions versions;

    BlameFiles(
            SnapshotReader snapshots,
            BufferAllocator allocator,
            InsertParts insert,
            LoadVersion.Connections connections,
            LoadedVersions versions) {
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.insert = insert;
        this.connections = connections;
        this.versions = versions;
    }

    /** What a file brings: its rows in each part, and the columns that they have values in. */
    private static final class Brought {
        private final Map<PartRef, BitSet> rows = new LinkedHashMap<>();
        private final Set<String> columns = new HashSet<>();
    }

    /**
     * The files of {@code manifest} that {@code problem} comes from; empty where each loads by itself, or it is about
     * no file.
     *
     * @throws SQLException when not even a try can be made
     */
    Optional<Unloadable> of(@Nullable LoadedTable before, Manifest manifest, SQLException problem) throws SQLException {
        String reason = String.valueOf(problem.getMessage()).lines().findFirst().orElse("");
        if (OF_THE_MACHINE.stream().anyMatch(reason::startsWith)) {
            return Optional.empty();
        }
        List<String> files = files(before, manifest);
        return files.isEmpty() ? Optional.empty() : Optional.of(new Unloadable(manifest.version(), reason, files));
    }

    private List<String> files(@Nullable LoadedTable before, Manifest manifest) throws SQLException {
        Map<String, Brought> files = new TreeMap<>();
        for (PartRef part : manifest.parts()) {
            if (before == null || !before.parts().containsKey(LoadedPart.key(part))) {
                read(part, manifest, files);
            }
        }
        List<String> blamed = new ArrayList<>();
        blame(List.copyOf(files.keySet()), files, manifest, blamed);
        return blamed;
    }

    private void read(PartRef part, Manifest manifest, Map<String, Brought> files) {
        BlobCodec codec = BlobCodecs.of(manifest.format());
        int first = 0;
        for (BlobRef blob : part.blobs()) {
            byte[] bytes = snapshots.blobs(List.of(blob)).get(0);
            try (VectorSchemaRoot rows = codec.decode(bytes, part.schema(), allocator)) {
                for (int row = 0; row < rows.getRowCount(); row++) {
                    add(part, rows, row, first + row, files);
                }
                first += rows.getRowCount();
            }
        }
    }

    private static void add(PartRef part, VectorSchemaRoot rows, int row, int rowInPart, Map<String, Brought> files) {
        int width = part.schema().columns().size();
        byte[] name = ((VarCharVector) rows.getVector(width)).get(row);
        Brought brought = files.computeIfAbsent(
                name == null ? "" : new String(name, StandardCharsets.UTF_8), file -> new Brought());
        brought.rows.computeIfAbsent(part, p -> new BitSet()).set(rowInPart);
        List<FieldVector> vectors = rows.getFieldVectors();
        for (int column = 0; column < width; column++) {
            if (!vectors.get(column).isNull(row)) {
                brought.columns.add(part.schema().columns().get(column).foldedName());
            }
        }
    }

    private void blame(List<String> some, Map<String, Brought> files, Manifest manifest, List<String> blamed)
            throws SQLException {
        if (some.isEmpty() || loads(some, files, manifest)) {
            return;
        }
        if (some.size() == 1) {
            blamed.add(some.get(0));
            return;
        }
        int half = some.size() / 2;
        blame(some.subList(0, half), files, manifest, blamed);
        blame(some.subList(half, some.size()), files, manifest, blamed);
    }

    private boolean loads(List<String> some, Map<String, Brought> files, Manifest manifest) throws SQLException {
        Map<PartRef, BitSet> shown = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String file : some) {
            Brought brought = files.get(file);
            if (brought != null) {
                names.addAll(brought.columns);
                brought.rows.forEach((part, rows) ->
                        shown.computeIfAbsent(part, p -> new BitSet()).or(rows));
            }
        }
        List<Column> columns = manifest.schema().columns().stream()
                .filter(column -> names.contains(column.foldedName()))
                .toList();
        if (columns.isEmpty()) {
            return true;
        }
        List<LoadedPart> parts = new ArrayList<>();
        shown.forEach((part, rows) -> {
            BitSet hidden = new BitSet();
            hidden.set(0, Math.toIntExact(part.rows()));
            hidden.andNot(rows);
            parts.add(new LoadedPart(parts.size(), part, hidden));
        });
        StoredColumns stored = StoredColumns.of(new TableSchema(columns));
        StoredTable table = StoredTable.of(manifest.table(), -1);
        try (StoreTransaction transaction = new StoreTransaction(connections.open(), versions)) {
            try {
                transaction.create(table, stored);
                insert.insert(transaction, table, stored, manifest, parts);
                transaction.show(manifest.table(), table, stored);
                return true;
            } catch (SQLException e) {
                return false;
            }
        }
    }
}
