package io.ghala.refresher.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all columns of a set of rows, by folded name. Equal evidence of many files is shared by
 * {@link EvidenceGatherer}; its hash is found once. Immutable.
 */
public final class TableEvidence {
    public static final TableEvidence NOTHING = new TableEvidence(Map.of());

    private final Map<String, ColumnEvidence> columns;
    private final transient int hash;

    @JsonCreator
    public TableEvidence(@JsonProperty("columns") Map<String, ColumnEvidence> columns) {
        this.columns = Map.copyOf(columns);
        this.hash = this.columns.hashCode();
    }

    public Map<String, ColumnEvidence> columns() {
        return columns;
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

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TableEvidence evidence
                        && hash == evidence.hash
                        && columns.equals(evidence.columns));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return columns.toString();
    }
}
