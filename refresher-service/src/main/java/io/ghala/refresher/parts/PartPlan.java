package io.ghala.refresher.parts;

import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.Part.Showing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which parts go up in which new ones.
 *
 * @param absorbed parts that end: their live rows are in the new parts, visible ones and hidden ones apart
 * @param built the new parts
 */
public record PartPlan(Set<Part> absorbed, List<NewPart> built) {

    /**
     * A part to be built. {@code all} columns are stored even where they are null, so that one part tells the whole
     * table.
     */
    public record NewPart(List<Segment> segments, Showing showing, Columns columns) {
        public NewPart {
            segments = List.copyOf(segments);
        }

        public int rows() {
            return segments.stream().mapToInt(segment -> segment.rows().length).sum();
        }
    }

    /** Which columns a part stores. */
    public enum Columns {
        ALL,
        /** Those that may hold a value. */
        PRESENT
    }

    /** Rows of one part, ascending. */
    @SuppressWarnings("ArrayRecordComponent") // row lists of millions are neither copied nor compared
    public record Segment(Part part, int[] rows) {}

    public PartPlan {
        absorbed = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(absorbed));
        built = List.copyOf(built);
    }

    /**
     * Cuts {@code segments} into as few runs of at most {@code largest} rows as there can be, of about as many rows
     * each.
     */
    static List<List<Segment>> cut(List<Segment> segments, int largest) {
        int total = segments.stream().mapToInt(segment -> segment.rows().length).sum();
        int count = Math.max(1, (total + largest - 1) / largest);
        int most = Math.max(1, (total + count - 1) / count);
        List<List<Segment>> runs = new ArrayList<>();
        List<Segment> run = new ArrayList<>();
        int rows = 0;
        for (Segment segment : segments) {
            int from = 0;
            while (from < segment.rows().length) {
                int to = Math.min(segment.rows().length, from + most - rows);
                run.add(new Segment(segment.part(), java.util.Arrays.copyOfRange(segment.rows(), from, to)));
                rows += to - from;
                from = to;
                if (rows == most) {
                    runs.add(run);
                    run = new ArrayList<>();
                    rows = 0;
                }
            }
        }
        if (!run.isEmpty()) {
            runs.add(run);
        }
        return runs;
    }
}
