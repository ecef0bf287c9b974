package io.ghala.parquetwriter;

import io.ghala.config.GhalaConfig.ParquetSettings;
import io.ghala.model.Column;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.parquet.ParquetOptions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the settings want the file of one table to be like. As text it stands in the footer, so that a file written otherwise is written anew. */
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

    @Override
    public String toString() {
        return "compression=" + settings.compression().name().toLowerCase(Locale.ROOT) + " zstd-level="
                + settings.zstdLevel() + " provenance=" + settings.provenance() + " bloom-columns="
                + settings.bloomColumns().items().stream()
                        .filter(item -> item.table().map(table::equals).orElse(true))
                        .map(item -> item.column())
                        .collect(Collectors.joining(","));
    }
}
