package io.ghala.model;

/**
 * The column types without parameters. {@link #JSON} holds any JSON text; the others are what their names say in
 * DuckDB.
 */
public enum ScalarType implements ColumnType {
    BOOLEAN("BOOLEAN"),
    BIGINT("BIGINT"),
    DOUBLE("DOUBLE"),
    VARCHAR("VARCHAR"),
    BLOB("BLOB"),
    DATE("DATE"),
    /** Time of day in microseconds. */
    TIME("TIME"),
    /** Local date and time in microseconds. */
    TIMESTAMP("TIMESTAMP"),
    /** Local date and time in nanoseconds, years 1678 to 2261. */
    TIMESTAMP_NS("TIMESTAMP_NS"),
    /** An instant in microseconds. */
    TIMESTAMPTZ("TIMESTAMPTZ"),
    /** An instant in nanoseconds, years 1678 to 2261. */
    TIMESTAMPTZ_NS("TIMESTAMPTZ_NS"),
    JSON("JSON");

    private final String sql;

    ScalarType(String sql) {
        this.sql = sql;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.scalar(this);
    }
}
