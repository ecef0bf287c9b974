package io.ghala.refresher.index;

import io.ghala.model.StreamId;
import io.ghala.type.TableEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the rows of a new part, one after the other. */
public final class PartIndexBuilder {
    private static final long[] NO_HASHES = {};
    private final List<KnownFile> files = new ArrayList<>();
    private final IdentityHashMap<KnownFile, Integer> fileNumbers = new IdentityHashMap<>();
    private final List<TableEvidence> evidences = new ArrayList<>();
    private final Map<TableEvidence, Integer> evidenceNumbers = new HashMap<>();
    private final BitSet deletes = new BitSet();
    private int rows;
    private int[] runStarts = new int[16];
    private int[] runFiles = new int[16];
    private int runs;
    private @Nullable KnownFile lastFile;
    private long[] keyHigh;
    private int[] keyLow;
    private int[] keyRow;
    private int keys;
    private long[] millis = {};
    private long[] sequences = {};
    private int[] evidence = {};

    /** {@code expectedRows} is how many will come; more may. */
    public PartIndexBuilder(int expectedRows) {
        int size = Math.max(16, expectedRows);
        keyHigh = new long[size];
        keyLow = new int[size];
        keyRow = new int[size];
    }

    /** Remembers a file, which may have no rows. */
    public void file(KnownFile file) {
        number(file);
    }

    private int number(KnownFile file) {
        int last = files.size() - 1;
        if (last >= 0 && file.equals(files.get(last))) {
            return last;
        }
        Integer number = fileNumbers.putIfAbsent(file, files.size());
        if (number == null) {
            files.add(file);
            return files.size() - 1;
        }
        return number;
    }

    /** Adds a row of a file. */
    public void row(KnownFile file) {
        if (!file.equals(lastFile)) {
            if (runs == runStarts.length) {
                runStarts = Arrays.copyOf(runStarts, runs * 2);
                runFiles = Arrays.copyOf(runFiles, runs * 2);
            }
            runStarts[runs] = rows;
            runFiles[runs++] = number(file);
            lastFile = file;
        }
        rows++;
    }

    /** The last row has this id. */
    public void key(long high, int low) {
        if (keys == keyHigh.length) {
            keyHigh = Arrays.copyOf(keyHigh, keys * 2);
            keyLow = Arrays.copyOf(keyLow, keys * 2);
            keyRow = Arrays.copyOf(keyRow, keys * 2);
        }
        keyHigh[keys] = high;
        keyLow[keys] = low;
        keyRow[keys++] = rows - 1;
    }

    /** The last row is a write. */
    void write(StreamId streamId, boolean delete, TableEvidence says) {
        int row = rows - 1;
        if (row >= millis.length) {
            int size = Math.max(keyHigh.length, rows * 2);
            millis = Arrays.copyOf(millis, size);
            sequences = Arrays.copyOf(sequences, size);
            evidence = Arrays.copyOf(evidence, size);
        }
        millis[row] = streamId.millis();
        sequences[row] = streamId.sequence();
        deletes.set(row, delete);
        evidence[row] = evidenceNumbers.computeIfAbsent(says, fresh -> {
            evidences.add(fresh);
            return evidences.size() - 1;
        });
    }

    public int rows() {
        return rows;
    }

    /** The index of all rows, without their hashes. The builder is of no use after it. */
    public PartIndex build() {
        boolean writes = millis.length > 0;
        return new PartIndex(
                List.copyOf(files),
                rows,
                Arrays.copyOf(runStarts, runs),
                Arrays.copyOf(runFiles, runs),
                NO_HASHES,
                KeyIndex.sorted(keyHigh, keyLow, keyRow, keys),
                writes
                        ? new OpRows(
                                Arrays.copyOf(millis, rows),
                                Arrays.copyOf(sequences, rows),
                                deletes,
                                Arrays.copyOf(evidence, rows),
                                List.copyOf(evidences))
                        : null);
    }
}
