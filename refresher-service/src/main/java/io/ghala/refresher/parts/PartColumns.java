package io.ghala.refresher.parts;

import io.ghala.model.TableSchema;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.parts.PartPlan.Columns;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.parts.PartPlan.Segment;
import java.util.HashSet;
import java.util.Set;

/** Which columns of the table a new part stores: those that some of its sources may have a value in. */
final class PartColumns {

    private PartColumns() {}

    static TableSchema of(NewPart part, TableSchema table) {
        if (part.columns() == Columns.ALL) {
            return table;
        }
        Set<String> present = new HashSet<>();
        for (Segment segment : part.segments()) {
            segment.part().data().accept(new RowData.Visitor<Boolean>() {
                @Override
                public Boolean stored(RowData.Stored stored) {
                    stored.ref().schema().columns().forEach(column -> present.add(column.foldedName()));
                    return true;
                }

                @Override
                public Boolean fresh(RowData.Fresh fresh) {
                    fresh.evidence().forEach(evidence -> present.addAll(evidence.columnsWithValues()));
                    return true;
                }
            });
        }
        return new TableSchema(table.columns().stream()
                .filter(column -> present.contains(column.foldedName()))
                .toList());
    }
}
