package io.ghala.snapshot.parquet.encode;

/**
 * Cuts the entries of a chunk into pages that begin with a row, have about the bytes asked for, and hold at least one
 * row.
 */
final class PageCutter {
    private final Striper levels;
    private final PageValues values;
    private final int pageBytes;
    private final int pageRows;
    private int from;
    private int to;
    private int rows;
    private int valueFrom;
    private int valueTo;

    PageCutter(Striper levels, PageValues values, int pageBytes, int pageRows) {
        this.levels = levels;
        this.values = values;
        this.pageBytes = pageBytes;
        this.pageRows = pageRows;
    }

    /** Moves to the next page; whether there is one. */
    boolean next() {
        from = to;
        valueFrom = valueTo;
        if (from == levels.entries()) {
            return false;
        }
        int most = pageRows;
        cut(most);
        while (rows > 1 && values.bytes(valueFrom, valueTo) > pageBytes) {
            double fits = (double) pageBytes / values.bytes(valueFrom, valueTo);
            most = (int) Math.max(1, Math.min(rows - 1, rows * fits));
            cut(most);
        }
        return true;
    }

    /** Ends the page after {@code most} rows, or with the chunk. */
    private void cut(int most) {
        if (levels.repeats()) {
            int[] repetitions = levels.repetitions();
            rows = 0;
            to = from;
            do {
                rows++;
                to++;
                while (to < levels.entries() && repetitions[to] > 0) {
                    to++;
                }
            } while (to < levels.entries() && rows < most);
        } else {
            rows = Math.min(most, levels.entries() - from);
            to = from + rows;
        }
        valueTo = valueFrom + present();
    }

    private int present() {
        if (!levels.hasNulls()) {
            return to - from;
        }
        int present = 0;
        int[] definitions = levels.definitions();
        for (int i = from; i < to; i++) {
            if (definitions[i] == levels.greatestDefinition()) {
                present++;
            }
        }
        return present;
    }

    /** The first entry of the page. */
    int from() {
        return from;
    }

    /** The entry behind the page. */
    int to() {
        return to;
    }

    int entries() {
        return to - from;
    }

    int rows() {
        return rows;
    }

    int valueFrom() {
        return valueFrom;
    }

    int valueTo() {
        return valueTo;
    }
}
