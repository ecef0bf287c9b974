package io.ghala.type;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.ghala.model.ColumnType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

    /** Whether the column of this folded name is known to have values other than null. */
    public boolean hasValues(String column) {
        ColumnEvidence evidence = columns.get(column);
        return evidence != null && !evidence.values().equals(ValueEvidence.NOTHING);
    }

    /** What values the column of this folded name has: equal numbers are equal sets of kinds. */
    public int kinds(String column) {
        ColumnEvidence evidence = columns.get(column);
        return evidence == null ? 0 : evidence.values().kinds();
    }

    /** The type that the column of this folded name has by this evidence alone. */
    public Optional<ColumnType> type(String column) {
        return Optional.ofNullable(columns.get(column)).map(evidence -> TypeOf.type(evidence.values()));
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
