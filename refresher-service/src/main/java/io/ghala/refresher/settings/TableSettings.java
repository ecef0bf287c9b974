package io.ghala.refresher.settings;

import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.KeyColumn;
import io.ghala.model.TableSchema;
import io.ghala.type.TableEvidence;
import io.ghala.type.TypeOf;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one table: those of the service, overridden by the folder's {@code _table.conf}.
 *
 * @param pinned types that files must fit, by folded column name
 * @param reference under the policy {@code fail} the only columns that files may have, once they are known
 */
public record TableSettings(
        KeyColumn keyColumn,
        Map<String, ColumnType> pinned,
        CsvDialect csv,
        SchemaEvolution evolution,
        Optional<TableSchema> reference) {
    public TableSettings {
        pinned = Map.copyOf(pinned);
    }

    /** The columns that files of this evidence have: the reference schema where there is one, else what it asks for. */
    public TableSchema schema(TableEvidence evidence) {
        return reference.orElseGet(() -> TypeOf.schema(evidence, keyColumn, pinned));
    }

    /** These settings with a reference schema, whose types are pinned. */
    public TableSettings withReference(TableSchema schema) {
        Map<String, ColumnType> types = new HashMap<>();
        for (Column column : schema.columns()) {
            types.put(column.foldedName(), column.type());
        }
        return new TableSettings(keyColumn, types, csv, evolution, Optional.of(schema));
    }
}
