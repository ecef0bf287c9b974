package io.ghala.refresher.index;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.TableSchema;
import io.ghala.type.TableEvidence;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which file or write made each column the type that it is: one whose values alone ask for it, or where only several do
 * together, one of those whose values are rarest. Found again when the type changes or the file has gone. Not for
 * several threads.
 */
public final class TypeOrigins {
    private final TableIndex index;
    private final Map<String, Origin> known = new HashMap<>();

    TypeOrigins(TableIndex index) {
        this.index = index;
    }

    private record Origin(ColumnType type, String file) {}

    /** The file by folded column name; columns without values have none. */
    public Map<String, String> of(TableSchema schema) {
        Map<String, Set<TableEvidence>> wanted = new HashMap<>();
        Set<String> columns = new HashSet<>();
        for (Column column : schema.columns()) {
            String name = column.foldedName();
            columns.add(name);
            Origin origin = known.get(name);
            if (origin == null || !origin.type().equals(column.type()) || index.file(origin.file()) == null) {
                known.remove(name);
                wanted.put(name, index.decisive(name, column.type()));
            }
        }
        known.keySet().retainAll(columns);
        wanted.values().removeIf(Set::isEmpty);
        if (!wanted.isEmpty()) {
            find(schema, wanted);
        }
        Map<String, String> files = new HashMap<>();
        known.forEach((name, origin) -> files.put(name, origin.file()));
        return files;
    }

    private void find(TableSchema schema, Map<String, Set<TableEvidence>> wanted) {
        Map<TableEvidence, String> firsts = firstFiles(wanted.values());
        for (Column column : schema.columns()) {
            wanted.getOrDefault(column.foldedName(), Set.of()).stream()
                    .map(evidence -> firsts.getOrDefault(evidence, ""))
                    .filter(file -> !file.isEmpty())
                    .min(Comparator.naturalOrder())
                    .ifPresent(file -> known.put(column.foldedName(), new Origin(column.type(), file)));
        }
    }

    /**
     * For each piece of evidence the first in order of the files that say it, empty when none does any more. Folders
     * have very many files that all say the same: each costs one look at what it says.
     */
    private Map<TableEvidence, String> firstFiles(Collection<Set<TableEvidence>> decisive) {
        Map<TableEvidence, String> firsts = new HashMap<>();
        decisive.forEach(alike -> alike.forEach(evidence -> firsts.put(evidence, "")));
        index.eachEvidence((file, evidence) -> {
            String first = firsts.get(evidence);
            if (first != null && (first.isEmpty() || file.compareTo(first) < 0)) {
                firsts.put(evidence, file);
            }
        });
        return firsts;
    }
}
