package io.ghala.refresher.verify.compare;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the columns that the files of a folder ask for with those that are published: names, types and order. */
public final class CompareSchemas {
    private CompareSchemas() {}

    public static List<Difference> compare(TableSchema folder, TableSchema published) {
        List<Difference> differences = new ArrayList<>();
        for (Column column : folder.columns()) {
            Optional<Column> other = published.column(column.name());
            if (other.isEmpty()) {
                differences.add(of(column, "the files have it, the snapshot does not"));
            } else if (!other.get().equals(column)) {
                differences.add(of(
                        column,
                        "it is " + shown(column) + " by the files and " + shown(other.get()) + " in the snapshot"));
            }
        }
        for (Column column : published.columns()) {
            if (folder.column(column.name()).isEmpty()) {
                differences.add(of(column, "the snapshot has it, no file does"));
            }
        }
        if (differences.isEmpty() && !folder.equals(published)) {
            differences.add(Difference.content(
                    Place.SCHEMA,
                    "order of columns",
                    "it is " + names(folder) + " by the files and " + names(published) + " in the snapshot",
                    CompareRows.REBUILD));
        }
        return differences;
    }

    private static Difference of(Column column, String what) {
        return Difference.content(Place.SCHEMA, "column " + column.name(), what, CompareRows.EDITED);
    }

    private static String shown(Column column) {
        return column.name() + " " + column.type().sql();
    }

    private static List<String> names(TableSchema schema) {
        return schema.columns().stream().map(Column::name).toList();
    }
}
