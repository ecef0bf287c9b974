package io.ghala.snapshot.parquet;

import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import java.math.BigInteger;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The Parquet form of columns, by the logical types of the Parquet format specification; every column is optional. */
final class ParquetSchemas {
    static final int INT32_DIGITS = 9;
    static final int INT64_DIGITS = 18;

    private ParquetSchemas() {}

    static MessageType schema(List<Column> columns) {
        return new MessageType(
                "table", columns.stream().map(ParquetSchemas::type).toList());
    }

    private static Type type(Column column) {
        String name = column.name();
        return column.type().accept(new ColumnType.Visitor<>() {
            @Override
            public Type scalar(ScalarType type) {
                return ParquetSchemas.scalar(type, name);
            }

            @Override
            public Type decimal(DecimalType type) {
                LogicalTypeAnnotation decimal = LogicalTypeAnnotation.decimalType(type.scale(), type.precision());
                if (type.precision() <= INT32_DIGITS) {
                    return Types.optional(PrimitiveTypeName.INT32).as(decimal).named(name);
                }
                if (type.precision() <= INT64_DIGITS) {
                    return Types.optional(PrimitiveTypeName.INT64).as(decimal).named(name);
                }
                return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(decimalBytes(type.precision()))
                        .as(decimal)
                        .named(name);
            }

            @Override
            public Type list(ListType type) {
                return Types.optionalList()
                        .element(type(new Column("element", type.element())))
                        .named(name);
            }

            @Override
            public Type struct(StructType type) {
                Types.GroupBuilder<org.apache.parquet.schema.GroupType> group = Types.optionalGroup();
                type.fields().forEach(field -> group.addField(type(field)));
                return group.named(name);
            }

            @Override
            public Type map(MapType type) {
                return Types.optionalMap()
                        .key(Types.required(PrimitiveTypeName.BINARY)
                                .as(LogicalTypeAnnotation.stringType())
                                .named("key"))
                        .value(type(new Column("value", type.value())))
                        .named(name);
            }

            private Type type(Column nested) {
                return ParquetSchemas.type(nested);
            }
        });
    }

    private static Type scalar(ScalarType type, String name) {
        return switch (type) {
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
            case BIGINT -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(name);
            case VARCHAR ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case JSON ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.jsonType())
                        .named(name);
            case BLOB -> Types.optional(PrimitiveTypeName.BINARY).named(name);
            case DATE ->
                Types.optional(PrimitiveTypeName.INT32)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS))
                        .named(name);
            case TIMESTAMP -> timestamp(name, TimeUnit.MICROS, false);
            case TIMESTAMP_NS -> timestamp(name, TimeUnit.NANOS, false);
            case TIMESTAMPTZ -> timestamp(name, TimeUnit.MICROS, true);
            case TIMESTAMPTZ_NS -> timestamp(name, TimeUnit.NANOS, true);
        };
    }

    private static Type timestamp(String name, TimeUnit unit, boolean adjustedToUtc) {
        return Types.optional(PrimitiveTypeName.INT64)
                .as(LogicalTypeAnnotation.timestampType(adjustedToUtc, unit))
                .named(name);
    }

    /** The fewest bytes of two's complement that hold every number of {@code precision} digits. */
    static int decimalBytes(int precision) {
        return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / Byte.SIZE + 1;
    }
}
