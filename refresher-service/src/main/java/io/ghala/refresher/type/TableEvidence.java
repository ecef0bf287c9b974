package io.ghala.refresher.type;

import java.util.HashMap;
import java.util.Map;

/** What is known of all columns of a set of rows, by folded name. Equal evidence of many files is shared by {@link EvidenceGatherer}. */
public record TableEvidence(Map<String, ColumnEvidence> columns) {
    public static final TableEvidence NOTHING = new TableEvidence(Map.of());

    public TableEvidence {
        columns = Map.copyOf(columns);
    }

    public TableEvidence join(TableEvidence other) {
        if (equals(other)) {
            return this;
        }
        Map<String, ColumnEvidence> joined = new HashMap<>(columns);
        other.columns.forEach((name, evidence) -> joined.merge(name, evidence, ColumnEvidence::join));
        return new TableEvidence(joined);
    }
}
