package io.ghala.model;

import java.util.List;

/**
 * The closed set of column types. {@link #sql()} is the DuckDB type; the Arrow and Parquet forms are in
 * docs/snapshot-format.md. Callers that must treat every case implement {@link Visitor}, so that a new case is a
 * compile error for each of them.
 */
public sealed interface ColumnType
        permits ScalarType, ColumnType.DecimalType, ColumnType.ListType, ColumnType.StructType, ColumnType.MapType {

    /** The type as DuckDB writes it, with quoted field names: for example {@code STRUCT("a" BIGINT, "b" VARCHAR[])}. */
    String sql();

    <R> R accept(Visitor<R> visitor);

    /** One answer per case of the closed set. */
    interface Visitor<R> {
        R scalar(ScalarType type);

        R decimal(DecimalType type);

        R list(ListType type);

        R struct(StructType type);

        R map(MapType type);
    }

    /** A decimal number with at most 38 digits, {@code scale} of them after the point. */
    record DecimalType(int precision, int scale) implements ColumnType {
        public static final int MAX_PRECISION = 38;

        public DecimalType {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new InvalidValueException("DECIMAL(" + precision + "," + scale
                        + ") is not possible: precision is 1 to 38 and scale 0 to precision");
            }
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + "," + scale + ")";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.decimal(this);
        }
    }

    /** A list of values of one type; elements may be null. */
    record ListType(ColumnType element) implements ColumnType {
        @Override
        public String sql() {
            return element.sql() + "[]";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.list(this);
        }
    }

    /** Named fields in a fixed order; at least one. */
    record StructType(List<Column> fields) implements ColumnType {
        public StructType {
            fields = List.copyOf(fields);
            Column.requireDistinctNames(fields);
            if (fields.isEmpty()) {
                throw new InvalidValueException("a STRUCT needs at least one field");
            }
        }

        @Override
        public String sql() {
            StringBuilder out = new StringBuilder("STRUCT(");
            for (Column field : fields) {
                out.append(out.charAt(out.length() - 1) == '(' ? "" : ", ")
                        .append(SqlName.quoted(field.name()))
                        .append(' ')
                        .append(field.type().sql());
            }
            return out.append(')').toString();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.struct(this);
        }
    }

    /** A map from VARCHAR keys to values of one type. */
    record MapType(ColumnType value) implements ColumnType {
        @Override
        public String sql() {
            return "MAP(VARCHAR, " + value.sql() + ")";
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.map(this);
        }
    }
}
