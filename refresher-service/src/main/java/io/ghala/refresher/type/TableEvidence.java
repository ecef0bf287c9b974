package io.ghala.refresher.type;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The folded names of the columns that are known to have values other than null. */
    public Set<String> columnsWithValues() {
        return columns.entrySet().stream()
                .filter(column -> !column.getValue().values().equals(ValueEvidence.NOTHING))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
