package io.ghala.refresher.read;

import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.model.ColumnType;
import java.util.Map;

/** The settings of one table: those of the service, overridden by the folder's {@code _table.conf}. {@code pinned} is by folded name. */
public record TableSettings(
        String keyColumn, Map<String, ColumnType> pinned, CsvDialect csv, SchemaEvolution evolution) {
    public TableSettings {
        pinned = Map.copyOf(pinned);
    }
}
