package io.ghala.parquetwriter;

import io.ghala.config.ColumnSelection;
import io.ghala.config.GhalaConfig.ParquetSettings;
import io.ghala.model.Column;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.parquet.ParquetOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the settings want the file of one table to be like. As text it stands in the footer, so that a file written
 * otherwise is written anew.
 */
record FileOptions(TableName table, ParquetSettings settings) {
    /** The columns of the file. */
    List<Column> columns(TableSchema schema) {
        return settings.provenance() ? schema.storedColumns() : schema.columns();
    }

    ParquetOptions parquet(TableSchema schema) {
        return ParquetOptions.of(
                settings,
                settings.bloomColumns().of(table, columns(schema)).stream()
                        .map(Column::name)
                        .collect(Collectors.toSet()));
    }

    /** The positions of the columns to sort by; those whose values have no order are left out. */
    List<Integer> sortKeys(TableSchema schema) {
        List<Column> columns = columns(schema);
        return settings.sortColumns().of(table, columns).stream()
                .filter(RowOrder::exists)
                .map(columns::indexOf)
                .toList();
    }

    @Override
    public String toString() {
        return "compression=" + settings.compression().name().toLowerCase(Locale.ROOT) + " zstd-level="
                + settings.zstdLevel() + " provenance=" + settings.provenance() + " bloom-columns="
                + names(settings.bloomColumns()) + " sort-columns=" + names(settings.sortColumns());
    }

    private String names(ColumnSelection selection) {
        return selection.items().stream()
                .filter(item -> item.table().map(table::equals).orElse(true))
                .map(ColumnSelection.Item::column)
                .collect(Collectors.joining(","));
    }
}
