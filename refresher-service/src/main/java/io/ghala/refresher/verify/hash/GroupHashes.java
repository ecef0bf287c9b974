package io.ghala.refresher.verify.hash;

import io.ghala.snapshot.hash.RowHashes;
import io.ghala.snapshot.hash.Xxh64;
import java.util.Arrays;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Hashes per column and over whole rows for consecutive groups of rows: what a Parquet file's row groups must be, and
 * what they are.
 */
public final class GroupHashes {
    private final long[] groupRows;
    private final long[][] columns;
    private final long[] rows;
    private int group;
    private long inGroup;

    /**
     * For the first {@code width} columns of what comes, in groups of so many rows; what comes beyond them counts to
     * the last.
     */
    public GroupHashes(int width, long[] groupRows) {
        this.groupRows = groupRows.clone();
        this.columns = new long[groupRows.length][width];
        this.rows = new long[groupRows.length];
    }

    public void add(VectorSchemaRoot root) {
        int count = root.getRowCount();
        if (groupRows.length == 0 || count == 0) {
            return;
        }
        int[] groups = groups(count);
        long[] whole = new long[count];
        for (int column = 0; column < columns[0].length; column++) {
            long[] values = RowHashes.ofColumn(root.getVector(column));
            for (int row = 0; row < count; row++) {
                columns[groups[row]][column] += values[row];
                whole[row] += values[row];
            }
        }
        for (int row = 0; row < count; row++) {
            rows[groups[row]] += Xxh64.mix(whole[row]);
        }
    }

    private int[] groups(int count) {
        int[] groups = new int[count];
        for (int row = 0; row < count; row++) {
            while (group < groupRows.length - 1 && inGroup >= groupRows[group]) {
                group++;
                inGroup = 0;
            }
            groups[row] = group;
            inGroup++;
        }
        return groups;
    }

    public long column(int ofGroup, int column) {
        return columns[ofGroup][column];
    }

    public long rows(int ofGroup) {
        return rows[ofGroup];
    }

    /** The groups as one. */
    public GroupHashes total() {
        GroupHashes total = new GroupHashes(
                columns.length == 0 ? 0 : columns[0].length,
                new long[] {Arrays.stream(groupRows).sum()});
        for (int each = 0; each < groupRows.length; each++) {
            total.rows[0] += rows[each];
            for (int column = 0; column < columns[each].length; column++) {
                total.columns[0][column] += columns[each][column];
            }
        }
        return total;
    }
}
