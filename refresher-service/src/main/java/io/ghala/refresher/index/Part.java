package io.ghala.refresher.index;

import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.hash.ContentHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run of rows and which of them show. A row is dead when its file has gone; a live row is hidden when a write lies
 * over it, when it is a write that a later one lies over, or when it is a delete. Not for several threads.
 */
public final class Part {
    private final PartIndex index;
    private final BitSet hidden;
    private final BitSet goneFiles;
    private final BitSet dead = new BitSet();
    private RowData data;
    private boolean changed;
    private @Nullable ContentHash content;

    /** {@code hidden} and {@code goneFiles} are handed over. */
    public Part(PartIndex index, RowData data, BitSet hidden, BitSet goneFiles) {
        this.index = index;
        this.data = data;
        this.hidden = hidden;
        this.goneFiles = goneFiles;
        for (int run = 0; run < index.runStarts().length; run++) {
            if (goneFiles.get(index.runFiles()[run])) {
                dead.set(index.runStarts()[run], index.runEnd(run));
            }
        }
    }

    public PartIndex index() {
        return index;
    }

    public RowData data() {
        return data;
    }

    /** The part as published, empty for one that is not stored yet. */
    public Optional<PartRef> ref() {
        return data instanceof RowData.Stored stored ? Optional.of(stored.ref()) : Optional.empty();
    }

    /** The part is published as {@code ref}, with the marks that it has now. */
    public void published(PartRef ref) {
        data = new RowData.Stored(ref);
        changed = false;
    }

    /** Whether marks differ from what is published. */
    public boolean changed() {
        return changed;
    }

    public boolean visible(int row) {
        return !hidden.get(row) && !dead.get(row);
    }

    boolean dead(int row) {
        return dead.get(row);
    }

    boolean hidden(int row) {
        return hidden.get(row);
    }

    void hide(int row) {
        hidden.set(row);
        touch();
    }

    void show(int row) {
        hidden.clear(row);
        touch();
    }

    private void touch() {
        changed = true;
        content = null;
    }

    /** Which of the part's files are alive and have one of these names. */
    BitSet liveFilesNamed(Set<String> names) {
        BitSet found = new BitSet();
        for (int file = 0; file < index.files().size(); file++) {
            if (!goneFiles.get(file) && names.contains(index.files().get(file).name())) {
                found.set(file);
            }
        }
        return found;
    }

    /** The files have gone, and their rows with them. */
    void drop(BitSet files) {
        goneFiles.or(files);
        for (int run = 0; run < index.runStarts().length; run++) {
            if (files.get(index.runFiles()[run])) {
                dead.set(index.runStarts()[run], index.runEnd(run));
            }
        }
        touch();
    }

    /** Rows that do not show, for readers. */
    public BitSet notVisible() {
        BitSet all = (BitSet) hidden.clone();
        all.or(dead);
        return all;
    }

    public BitSet goneFiles() {
        return (BitSet) goneFiles.clone();
    }

    public int visibleRows() {
        return index.rows() - notVisible().cardinality();
    }

    public int liveRows() {
        return index.rows() - dead.cardinality();
    }

    /** Whether a file is remembered here: one that has not gone. */
    public boolean hasLiveFiles() {
        return goneFiles.cardinality() < index.files().size();
    }

    /** The files that have not gone. */
    public List<KnownFile> liveFiles() {
        List<KnownFile> live = new ArrayList<>(index.files().size());
        for (int file = 0; file < index.files().size(); file++) {
            if (!goneFiles.get(file)) {
                live.add(index.files().get(file));
            }
        }
        return live;
    }

    /** The files with rows that are to show although nothing of them is stored: they must be read again. */
    public List<KnownFile> filesWithoutValues() {
        boolean stored = ref().map(ref -> !ref.blobs().isEmpty()).orElse(true);
        if (stored) {
            return List.of();
        }
        Set<KnownFile> files = new LinkedHashSet<>();
        for (int row : rows(Showing.VISIBLE)) {
            files.add(index.files().get(index.fileOf(row)));
        }
        return List.copyOf(files);
    }

    /** The files that have not gone and have no rows here. */
    public List<KnownFile> filesWithoutRows() {
        BitSet without = new BitSet();
        without.set(0, index.files().size());
        without.andNot(goneFiles);
        for (int file : index.runFiles()) {
            without.clear(file);
        }
        return without.stream().mapToObj(index.files()::get).toList();
    }

    /** The rows of a file that has not gone, ascending. */
    public int[] rowsOf(KnownFile file) {
        BitSet rows = new BitSet();
        for (int run = 0; run < index.runStarts().length; run++) {
            if (index.files().get(index.runFiles()[run]).name().equals(file.name())) {
                rows.set(index.runStarts()[run], index.runEnd(run));
            }
        }
        rows.andNot(dead);
        return rows.stream().toArray();
    }

    /** The rows that show, or those that are alive and do not, in order. */
    public int[] rows(Showing showing) {
        int[] rows = new int[index.rows()];
        int count = 0;
        for (int row = dead.nextClearBit(0); row < index.rows(); row = dead.nextClearBit(row + 1)) {
            if (hidden.get(row) == (showing == Showing.HIDDEN)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** Which live rows are meant. */
    public enum Showing {
        VISIBLE,
        HIDDEN
    }

    /** The hash of the rows that show. */
    public ContentHash content() {
        ContentHash sum = content;
        if (sum == null) {
            sum = new ContentHash();
            BitSet not = notVisible();
            for (int row = not.nextClearBit(0); row < index.rows(); row = not.nextClearBit(row + 1)) {
                sum.add(index.rowHashes()[row]);
            }
            content = sum;
        }
        return sum;
    }
}
