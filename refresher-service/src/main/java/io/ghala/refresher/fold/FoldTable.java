package io.ghala.refresher.fold;

import io.ghala.model.Column;
import io.ghala.refresher.fold.Folded.VisibleRows;
import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.read.SourceRows.Op;
import io.ghala.refresher.type.TableEvidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The table that files mean: all plain rows, with writes laid over them. For each row id the write with the greatest stream id wins over every
 * plain row of that id and every lesser write; a delete hides them. The same write in several files counts once, from the bytewise smallest
 * file name. A pure function of the set of sources.
 */
public final class FoldTable {
    private FoldTable() {}

    public static Folded fold(Collection<SourceRows> sources, String keyColumn) {
        Map<String, SourceRows> winners = winners(sources);
        List<SourceRows> ordered = sources.stream()
                .filter(source -> source.op()
                        .map(op -> source.equals(winners.get(op.id().text())))
                        .orElse(true))
                .sorted(Comparator.comparing(SourceRows::file).thenComparingInt(SourceRows::firstRow))
                .toList();
        Set<TableEvidence> evidence = new HashSet<>();
        List<VisibleRows> visible = new ArrayList<>();
        String key = Column.fold(keyColumn);
        for (SourceRows source : ordered) {
            // Hidden plain rows count for types too: whether an op hides them must not depend on who wrote first.
            if (source.op().isEmpty() || source.rows() > 0) {
                evidence.add(source.evidence());
            }
            int[] rows = source.op().isPresent() || winners.isEmpty()
                    ? all(source).toArray()
                    : all(source)
                            .filter(row -> RowIds.of(source.batch(), row, key)
                                    .map(id -> !winners.containsKey(id))
                                    .orElse(true))
                            .toArray();
            if (rows.length > 0) {
                visible.add(new VisibleRows(source, rows));
            }
        }
        return new Folded(visible, evidence.stream().reduce(TableEvidence.NOTHING, TableEvidence::join));
    }

    private static IntStream all(SourceRows source) {
        return IntStream.range(source.firstRow(), source.firstRow() + source.rows());
    }

    private static Map<String, SourceRows> winners(Collection<SourceRows> sources) {
        Map<String, SourceRows> winners = new HashMap<>();
        for (SourceRows source : sources) {
            source.op().ifPresent(op -> winners.merge(op.id().text(), source, FoldTable::later));
        }
        return winners;
    }

    private static SourceRows later(SourceRows a, SourceRows b) {
        Op first = a.op().orElseThrow();
        Op second = b.op().orElseThrow();
        int byId = first.streamId().compareTo(second.streamId());
        if (byId == 0) {
            byId = b.file().compareTo(a.file());
        }
        return byId >= 0 ? a : b;
    }
}
