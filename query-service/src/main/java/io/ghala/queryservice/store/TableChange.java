package io.ghala.queryservice.store;

import io.ghala.model.TableSchema;
import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What brings a loaded version to another one.
 *
 * @param columns the columns after it and the actions for them
 * @param gone parts whose rows are deleted
 * @param hidden rows that are deleted from parts that stay
 * @param added parts whose visible rows are inserted
 * @param parts all parts after it, by their key
 * @param nextPart number of the next part after it
 */
record TableChange(
        StoredColumns.Change columns,
        List<LoadedPart> gone,
        List<HiddenRows> hidden,
        List<LoadedPart> added,
        Map<List<String>, LoadedPart> parts,
        int nextPart) {
    /** Up to so many rows of a part are deleted one by one, beyond that when they are less than a quarter of it. */
    private static final int ROWS_ONE_BY_ONE = 1000;

    /** Rows of a loaded part that are hidden now. */
    record HiddenRows(LoadedPart part, BitSet rows) {}

    /** Everything anew. {@code hidden} holds the hidden rows of each part, by its key. */
    static TableChange everything(Manifest manifest, Map<List<String>, BitSet> hidden) {
        Building building = new Building(0);
        TableSchema schema = manifest.schema();
        for (PartRef part : manifest.parts()) {
            building.add(part, hidden.getOrDefault(LoadedPart.key(part), new BitSet()));
        }
        return building.build(new StoredColumns.Change(StoredColumns.of(schema), List.of()), List.of());
    }

    /**
     * The difference, empty when it does not fit what is loaded or would be more work than everything anew.
     * {@code hidden} holds the hidden rows of each part whose deletion vector is not the loaded one, by the part's key.
     */
    static Optional<TableChange> difference(LoadedTable before, Manifest manifest, Map<List<String>, BitSet> hidden) {
        Building building = new Building(before.nextPart());
        List<PartRef> kept = new ArrayList<>();
        for (PartRef part : manifest.parts()) {
            List<String> key = LoadedPart.key(part);
            LoadedPart loaded = before.parts().get(key);
            BitSet now = hidden.getOrDefault(key, new BitSet());
            if (loaded == null) {
                building.add(part, now);
            } else if (part.deletes().equals(loaded.part().deletes())) {
                building.keep(loaded, part, loaded.hidden());
                kept.add(part);
            } else if (cheaperAnew(loaded, part, now)) {
                building.add(part, now);
            } else {
                building.keep(loaded, part, now);
                kept.add(part);
            }
        }
        long inserted =
                building.added.stream().mapToLong(p -> p.part().visibleRows()).sum();
        if (inserted * 2 > manifest.rows()) {
            return Optional.empty();
        }
        List<LoadedPart> gone = before.parts().entrySet().stream()
                .filter(entry -> !building.stays(entry.getKey(), entry.getValue()))
                .map(Map.Entry::getValue)
                .toList();
        return before.columns().to(manifest.schema(), kept).map(columns -> building.build(columns, gone));
    }

    private static boolean cheaperAnew(LoadedPart loaded, PartRef part, BitSet now) {
        BitSet shown = (BitSet) loaded.hidden().clone();
        shown.andNot(now);
        int deleted = now.cardinality() - loaded.hidden().cardinality();
        return !shown.isEmpty() || (deleted > ROWS_ONE_BY_ONE && deleted > part.rows() / 4);
    }

    /** Collects parts and gives them numbers. */
    private static final class Building {
        private final List<LoadedPart> added = new ArrayList<>();
        private final List<HiddenRows> hidden = new ArrayList<>();
        private final Map<List<String>, LoadedPart> parts = new LinkedHashMap<>();
        private int next;

        Building(int next) {
            this.next = next;
        }

        void add(PartRef part, BitSet hiddenRows) {
            LoadedPart fresh = new LoadedPart(next++, part, hiddenRows);
            put(fresh);
            added.add(fresh);
        }

        void keep(LoadedPart loaded, PartRef part, BitSet now) {
            put(new LoadedPart(loaded.number(), part, now));
            BitSet newly = (BitSet) now.clone();
            newly.andNot(loaded.hidden());
            if (!newly.isEmpty()) {
                hidden.add(new HiddenRows(loaded, newly));
            }
        }

        private void put(LoadedPart part) {
            LoadedPart other = parts.put(LoadedPart.key(part.part()), part);
            if (other != null && other.part().rows() > 0) {
                throw new CorruptSnapshotException(
                        "a manifest names the part with the blobs " + LoadedPart.key(part.part()) + " twice");
            }
        }

        boolean stays(List<String> key, LoadedPart part) {
            LoadedPart after = parts.get(key);
            return after != null && after.number() == part.number();
        }

        TableChange build(StoredColumns.Change columns, List<LoadedPart> gone) {
            return new TableChange(columns, gone, hidden, added, new HashMap<>(parts), next);
        }
    }
}
