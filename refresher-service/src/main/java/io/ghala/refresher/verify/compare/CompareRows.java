package io.ghala.refresher.verify.compare;

import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.hash.RowSet;
import io.ghala.refresher.verify.hash.TableHashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares the rows of a folder with those that are published: each column by its hash, and each file by the hashes of
 * its rows.
 */
public final class CompareRows {
    /** What to do when the snapshot is behind for good. */
    static final String REBUILD = "run ghala refresh with the table and --all, which reads all of its files anew";

    static final String EDITED =
            "if a file was edited in place, run ghala refresh with the table and the file, or set CHANGE_DETECTION=stat; else "
                    + REBUILD;

    private CompareRows() {}

    public static List<Difference> compare(TableHashes folder, TableHashes published) {
        List<Difference> differences = new ArrayList<>();
        for (Map.Entry<String, Long> column : folder.columns().entrySet()) {
            Long other = published.columns().get(column.getKey());
            if (other != null && !other.equals(column.getValue())) {
                differences.add(Difference.content(
                        Place.COLUMN,
                        column.getKey(),
                        "its values in the folder are not those in the snapshot",
                        "see the files that are named with it"));
            }
        }
        SortedSet<String> files = new TreeSet<>(folder.files().keySet());
        files.addAll(published.files().keySet());
        for (String file : files) {
            RowSet here = folder.files().getOrDefault(file, RowSet.EMPTY);
            RowSet there = published.files().getOrDefault(file, RowSet.EMPTY);
            int missing = here.minus(there).length;
            int extra = there.minus(here).length;
            if (missing + extra > 0) {
                differences.add(Difference.content(
                        Place.FILE,
                        file,
                        "of the " + here.size() + " rows that it shows, " + missing
                                + " are not in the snapshot, which has " + extra + " rows of it that it does not show",
                        EDITED));
            }
        }
        return differences;
    }
}
