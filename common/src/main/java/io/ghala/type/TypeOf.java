package io.ghala.type;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.KeyColumn;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema that evidence asks for. */
public final class TypeOf {
    private TypeOf() {}

    /**
     * Columns in order: the key column first, then by smallest position, then by name.
     *
     * @param pinned types that win over evidence, by folded column name
     */
    public static TableSchema schema(TableEvidence evidence, KeyColumn keyColumn, Map<String, ColumnType> pinned) {
        String key = keyColumn.foldedName();
        Map<String, Column> columns = new LinkedHashMap<>();
        evidence.columns().entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, ColumnEvidence>>comparingInt(
                                column -> column.getKey().equals(key) ? 0 : 1)
                        .thenComparingInt(column -> column.getValue().position())
                        .thenComparing(Map.Entry::getKey))
                .forEach(column -> columns.put(
                        column.getKey(),
                        new Column(
                                column.getValue().spelling(),
                                pinned.getOrDefault(
                                        column.getKey(), type(column.getValue().values())))));
        pinned.forEach((name, type) -> columns.putIfAbsent(name, new Column(name, type)));
        List<Column> ordered = new ArrayList<>(columns.values());
        if (!columns.containsKey(key) && evidence.columns().isEmpty()) {
            ordered.add(0, new Column(keyColumn.name(), ScalarType.VARCHAR));
        }
        return new TableSchema(ordered);
    }

    /** The type that values of this evidence have. */
    public static ColumnType type(ValueEvidence evidence) {
        int kinds = evidence.kinds();
        if (kinds == 0) {
            return ScalarType.VARCHAR;
        }
        if ((kinds & Kind.NESTED) != 0) {
            return nested(evidence);
        }
        if ((kinds & Kind.BINARY) != 0) {
            return kinds == Kind.BINARY ? ScalarType.BLOB : ScalarType.JSON;
        }
        if (kinds == Kind.BOOLEAN) {
            return ScalarType.BOOLEAN;
        }
        if (kinds == Kind.TIME) {
            return ScalarType.TIME;
        }
        if (Kind.only(kinds, Kind.NUMBERS)) {
            return number(evidence);
        }
        if (kinds == Kind.DATE) {
            return ScalarType.DATE;
        }
        return Kind.only(kinds, Kind.ALL_TIMESTAMPS) ? timestamp(kinds) : ScalarType.VARCHAR;
    }

    private static ColumnType number(ValueEvidence evidence) {
        int kinds = evidence.kinds();
        if ((kinds & Kind.BIGGER_NUMBER) != 0) {
            return ScalarType.VARCHAR;
        }
        if ((kinds & Kind.DECIMAL) != 0) {
            int precision = evidence.integerDigits() + evidence.scale();
            return (kinds & Kind.TYPED_DOUBLE) == 0 && precision <= DecimalType.MAX_PRECISION
                    ? new DecimalType(Math.max(1, precision), evidence.scale())
                    : ScalarType.VARCHAR;
        }
        if ((kinds & (Kind.FRACTION | Kind.TYPED_DOUBLE)) != 0) {
            return (kinds & (Kind.BEYOND_DOUBLE | Kind.LARGE_INTEGER)) == 0 ? ScalarType.DOUBLE : ScalarType.VARCHAR;
        }
        return (kinds & Kind.LARGE_INTEGER) != 0 ? new DecimalType(DecimalType.MAX_PRECISION, 0) : ScalarType.BIGINT;
    }

    private static ColumnType timestamp(int kinds) {
        boolean zoned = (kinds & Kind.TIMESTAMP_ZONED) != 0;
        if (zoned && (kinds & Kind.TIMESTAMP) != 0) {
            return ScalarType.VARCHAR;
        }
        if ((kinds & Kind.BELOW_MICROSECOND) == 0) {
            return zoned ? ScalarType.TIMESTAMPTZ : ScalarType.TIMESTAMP;
        }
        if ((kinds & Kind.BEYOND_NANOSECONDS) != 0) {
            return ScalarType.VARCHAR;
        }
        return zoned ? ScalarType.TIMESTAMPTZ_NS : ScalarType.TIMESTAMP_NS;
    }

    private static ColumnType nested(ValueEvidence evidence) {
        Collection<ColumnEvidence> fields = evidence.fields().values();
        if (evidence.kinds() == Kind.OBJECT && !fields.isEmpty()) {
            return new StructType(fields.stream()
                    .sorted(Comparator.comparingInt(ColumnEvidence::position).thenComparing(ColumnEvidence::foldedName))
                    .map(field -> new Column(field.spelling(), type(field.values())))
                    .toList());
        }
        ValueEvidence element = evidence.element();
        if (evidence.kinds() == Kind.ARRAY && element != null) {
            return new ListType(type(element));
        }
        if (evidence.kinds() == Kind.MAP && element != null) {
            return new MapType(type(element));
        }
        return ScalarType.JSON;
    }
}
