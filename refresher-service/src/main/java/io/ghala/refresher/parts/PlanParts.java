package io.ghala.refresher.parts;

import io.ghala.model.TableSchema;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.Part.Showing;
import io.ghala.refresher.parts.PartPlan.Columns;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.parts.PartPlan.Segment;
import io.ghala.snapshot.BlobRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides how rows are laid out in parts, so that a change costs what changed: a table that fits one blob is one part
 * that shows all its rows; a larger one has about 64 large parts, and small ones for what came lately. New rows take up
 * the small parts that are no larger than themselves, as in a log-structured merge tree, so that each row is moved a
 * logarithmic number of times. A part with more hidden than visible rows is built anew. Hidden rows live in parts of
 * their own, which readers never fetch.
 */
public final class PlanParts {
    private static final int LARGE_PARTS = 64;
    private static final int MOST_SMALL_PARTS = 16;
    private static final int MOST_MERGED_FOR_NUMBER = 4;
    private final long oneBlobBytes;
    private final int leastLargeRows;

    public PlanParts() {
        this(BlobRef.MAX_BYTES, 1 << 15);
    }

    /**
     * With other sizes than usual.
     *
     * @param oneBlobBytes up to which size a table is one part
     * @param leastLargeRows rows that a large part has at least
     */
    public PlanParts(long oneBlobBytes, int leastLargeRows) {
        this.oneBlobBytes = oneBlobBytes;
        this.leastLargeRows = leastLargeRows;
    }

    /** {@code parts} are all of the table, fresh ones among them. */
    public PartPlan plan(List<Part> parts, TableSchema schema) {
        Set<Part> absorbed = ended(parts);
        double bytes = parts.stream().mapToDouble(RowBytes::visible).sum();
        boolean small = bytes <= oneBlobBytes;
        long visible = parts.stream().mapToLong(Part::visibleRows).sum();
        if (small) {
            absorbForOnePart(parts, schema, absorbed);
        } else {
            absorbMostlyHidden(parts, absorbed);
            absorbSmaller(parts, absorbed, Showing.VISIBLE);
        }
        absorbSmaller(parts, absorbed, Showing.HIDDEN);
        return new PartPlan(absorbed, built(parts, absorbed, small, largeRows(visible)));
    }

    /**
     * Lays out the fresh rows of {@code parts} alone, while more are to come before anything is published.
     *
     * @param rowsToCome about how many
     */
    public PartPlan planMeanwhile(List<Part> parts, long rowsToCome) {
        Set<Part> absorbed = ended(parts);
        long visible = parts.stream().mapToLong(Part::visibleRows).sum();
        return new PartPlan(absorbed, built(parts, absorbed, false, largeRows(visible + rowsToCome)));
    }

    /** Fresh parts, whose rows are to be stored, and those of which nothing is left. */
    private static Set<Part> ended(List<Part> parts) {
        Set<Part> ended = new LinkedHashSet<>();
        for (Part part : parts) {
            if (part.ref().isEmpty() || !part.hasLiveFiles()) {
                ended.add(part);
            }
        }
        return ended;
    }

    /** All that shows becomes one part, unless one already is just that. */
    private static void absorbForOnePart(List<Part> parts, TableSchema schema, Set<Part> absorbed) {
        List<Part> showing = parts.stream().filter(PlanParts::isListed).toList();
        boolean fine = showing.size() == 1
                && !absorbed.contains(showing.get(0))
                && showing.get(0).visibleRows() == showing.get(0).index().rows()
                && showing.get(0).ref().map(ref -> ref.schema().equals(schema)).orElse(false)
                && absorbed.stream().allMatch(part -> part.visibleRows() == 0);
        if (!fine) {
            absorbed.addAll(showing);
        }
    }

    /**
     * Whether readers see the part: it shows rows, or it is the one part of an empty table, whose blob has columns and
     * no rows.
     */
    public static boolean isListed(Part part) {
        return part.visibleRows() > 0
                || part.ref()
                        .map(ref -> ref.rows() == 0 && !ref.blobs().isEmpty())
                        .orElse(false);
    }

    private static void absorbMostlyHidden(List<Part> parts, Set<Part> absorbed) {
        for (Part part : parts) {
            int visible = part.visibleRows();
            if (visible > 0 && visible * 2L < part.index().rows()) {
                absorbed.add(part);
            }
        }
    }

    private void absorbSmaller(List<Part> parts, Set<Part> absorbed, Showing showing) {
        long total = parts.stream().mapToLong(part -> count(part, showing)).sum();
        long large = largeRows(total);
        long taken = absorbed.stream().mapToLong(part -> count(part, showing)).sum();
        List<Part> candidates = parts.stream()
                .filter(part -> !absorbed.contains(part) && part.ref().isPresent())
                .filter(part -> (part.visibleRows() > 0) == (showing == Showing.VISIBLE))
                .filter(part -> count(part, showing) < large / 2)
                .sorted(Comparator.comparingLong(part -> count(part, showing)))
                .toList();
        // Few at a time: when a table has doubled, what were large parts are small ones, all of them at once.
        int tooMany = Math.min(candidates.size() - MOST_SMALL_PARTS, MOST_MERGED_FOR_NUMBER);
        for (int i = 0; i < candidates.size() && taken > 0; i++) {
            long rows = count(candidates.get(i), showing);
            if (rows > 2 * taken && i >= tooMany) {
                return;
            }
            absorbed.add(candidates.get(i));
            taken += rows;
        }
    }

    private static long count(Part part, Showing showing) {
        return showing == Showing.VISIBLE ? part.visibleRows() : part.liveRows() - part.visibleRows();
    }

    private int largeRows(long total) {
        return (int) Math.max(leastLargeRows, (total + LARGE_PARTS - 1) / LARGE_PARTS);
    }

    private List<NewPart> built(List<Part> parts, Set<Part> absorbed, boolean small, int large) {
        List<NewPart> built = new ArrayList<>();
        List<Segment> visible = segments(absorbed, Showing.VISIBLE);
        List<Segment> hidden = segments(absorbed, Showing.HIDDEN);
        boolean noneListed = parts.stream().allMatch(part -> absorbed.contains(part) || !isListed(part));
        if (small) {
            if (!visible.isEmpty() || noneListed) {
                built.add(new NewPart(visible, Showing.VISIBLE, Columns.ALL));
            }
        } else {
            PartPlan.cut(visible, large).forEach(run -> built.add(new NewPart(run, Showing.VISIBLE, Columns.PRESENT)));
        }
        long hiddenTotal =
                parts.stream().mapToLong(part -> count(part, Showing.HIDDEN)).sum();
        PartPlan.cut(hidden, largeRows(hiddenTotal))
                .forEach(run -> built.add(new NewPart(run, Showing.HIDDEN, Columns.PRESENT)));
        boolean filesWithoutRows = absorbed.stream().anyMatch(Part::hasLiveFiles);
        if (built.isEmpty() && filesWithoutRows) {
            built.add(new NewPart(List.of(), Showing.HIDDEN, Columns.PRESENT));
        }
        return built;
    }

    private static List<Segment> segments(Set<Part> parts, Showing showing) {
        List<Segment> segments = new ArrayList<>();
        for (Part part : parts) {
            int[] rows = part.rows(showing);
            if (rows.length > 0) {
                segments.add(new Segment(part, rows));
            }
        }
        return segments;
    }
}
