package io.ghala.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the evidence of one file or row at a time while it is read, and hands out one object for equal evidence. */
public final class EvidenceGatherer {
    private final Map<String, ColumnGatherer> columns = new HashMap<>();
    private final List<ColumnGatherer> touched = new ArrayList<>();
    private final Map<Long, Combination> combinations = new HashMap<>();
    private final Map<TableEvidence, TableEvidence> shared = new HashMap<>();

    /** Evidence of columns in the order in which they came, and what they are together. */
    private record Combination(List<ColumnEvidence> columns, TableEvidence table) {
        boolean isOf(List<ColumnGatherer> gathered) {
            boolean same = columns.size() == gathered.size();
            for (int i = 0; i < columns.size() && same; i++) {
                same = columns.get(i).equals(gathered.get(i).evidence());
            }
            return same;
        }
    }

    /** Where the evidence of a column is gathered, for as long as this lives. */
    public ColumnGatherer column(String foldedName) {
        return columns.computeIfAbsent(foldedName, name -> new ColumnGatherer(name, touched));
    }

    /** Forgets what was gathered since the last {@link #finish()}. */
    public void discard() {
        touched.forEach(ColumnGatherer::clear);
        touched.clear();
    }

    /** The evidence gathered since the last call. */
    public TableEvidence finish() {
        long mark = touched.size();
        for (ColumnGatherer column : touched) {
            mark = mark * 31 + System.identityHashCode(column.evidence());
        }
        Combination known = combinations.get(mark);
        if (known == null || !known.isOf(touched)) {
            known = combination();
            combinations.put(mark, known);
        }
        discard();
        return known.table();
    }

    private Combination combination() {
        Map<String, ColumnEvidence> evidence = new HashMap<>();
        touched.forEach(column -> evidence.put(column.foldedName(), column.evidence()));
        TableEvidence table = new TableEvidence(evidence);
        return new Combination(
                touched.stream().map(ColumnGatherer::evidence).toList(), shared.computeIfAbsent(table, same -> same));
    }
}
