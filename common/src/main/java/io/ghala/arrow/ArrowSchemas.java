package io.ghala.arrow;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import io.ghala.model.SqlName;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The Arrow form of columns. JSON columns are Utf8 with the field metadata {@code ghala.type = JSON}; all fields are
 * nullable.
 */
public final class ArrowSchemas {
    /** Metadata key of a field that says what Arrow's type does not. */
    public static final String TYPE_KEY = "ghala.type";

    private static final int DECIMAL_BITS = 128;
    private static final String UTC = "UTC";

    private ArrowSchemas() {}

    public static Schema schema(List<Column> columns) {
        return new Schema(columns.stream().map(ArrowSchemas::field).toList());
    }

    public static Field field(Column column) {
        return column.type().accept(new ColumnType.Visitor<>() {
            @Override
            public Field scalar(ScalarType type) {
                Map<String, String> metadata = type == ScalarType.JSON ? Map.of(TYPE_KEY, "JSON") : Map.of();
                return new Field(column.name(), new FieldType(true, arrow(type), null, metadata), null);
            }

            @Override
            public Field decimal(DecimalType type) {
                return new Field(
                        column.name(),
                        FieldType.nullable(new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS)),
                        null);
            }

            @Override
            public Field list(ListType type) {
                return new Field(
                        column.name(),
                        FieldType.nullable(new ArrowType.List()),
                        List.of(field(new Column("item", type.element()))));
            }

            @Override
            public Field struct(StructType type) {
                return new Field(
                        column.name(),
                        FieldType.nullable(new ArrowType.Struct()),
                        type.fields().stream().map(ArrowSchemas::field).toList());
            }

            @Override
            public Field map(MapType type) {
                Field key = new Field("key", new FieldType(false, new ArrowType.Utf8(), null), null);
                Field entries = new Field(
                        "entries",
                        new FieldType(false, new ArrowType.Struct(), null),
                        List.of(key, field(new Column("value", type.value()))));
                return new Field(column.name(), FieldType.nullable(new ArrowType.Map(false)), List.of(entries));
            }
        });
    }

    private static ArrowType arrow(ScalarType type) {
        return switch (type) {
            case BOOLEAN -> new ArrowType.Bool();
            case BIGINT -> new ArrowType.Int(Long.SIZE, true);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case VARCHAR, JSON -> new ArrowType.Utf8();
            case BLOB -> new ArrowType.Binary();
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, Long.SIZE);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIMESTAMP_NS -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            case TIMESTAMPTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, UTC);
            case TIMESTAMPTZ_NS -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, UTC);
        };
    }

    /**
     * The columns that a schema of {@link #schema} describes.
     *
     * @throws IllegalArgumentException for a field outside the closed set
     */
    public static List<Column> columns(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new Column(field.getName(), type(field)))
                .toList();
    }

    private static ColumnType type(Field field) {
        List<Field> children = field.getChildren();
        if (field.getType() instanceof ArrowType.Decimal decimal) {
            return new DecimalType(decimal.getPrecision(), decimal.getScale());
        }
        if (field.getType() instanceof ArrowType.List) {
            return new ListType(type(children.get(0)));
        }
        if (field.getType() instanceof ArrowType.Map) {
            return new MapType(type(children.get(0).getChildren().get(1)));
        }
        if (field.getType() instanceof ArrowType.Struct) {
            return new StructType(children.stream()
                    .map(child -> new Column(child.getName(), type(child)))
                    .toList());
        }
        if ("JSON".equals(field.getMetadata().get(TYPE_KEY))) {
            return ScalarType.JSON;
        }
        for (ScalarType type : ScalarType.values()) {
            if (type != ScalarType.JSON && arrow(type).equals(field.getType())) {
                return type;
            }
        }
        throw new IllegalArgumentException("column " + field.getName() + " has the Arrow type " + field.getType()
                + ", which is not of the closed set");
    }

    /** The SQL that turns a column of an Arrow stream in DuckDB into its declared type: Arrow does not know JSON. */
    public static String loadExpression(Column column) {
        return "CAST(" + SqlName.quoted(column.name()) + " AS " + column.type().sql() + ") AS "
                + SqlName.quoted(column.name());
    }
}
