package io.ghala.type;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The evidence of values whose file declares their type: the type counts, and of the values only what their type leaves
 * open.
 */
public final class DeclaredEvidence {
    public static final ValueEvidence BOOLEAN = ValueEvidence.of(Kind.BOOLEAN);
    public static final ValueEvidence DOUBLE = ValueEvidence.of(Kind.TYPED_DOUBLE);
    /** Text, whatever it looks like. */
    public static final ValueEvidence TEXT = ValueEvidence.of(Kind.TEXT);

    public static final ValueEvidence BINARY = ValueEvidence.of(Kind.BINARY);
    public static final ValueEvidence DATE = ValueEvidence.of(Kind.DATE);
    /** Times of day in whole microseconds. */
    public static final ValueEvidence TIME = ValueEvidence.of(Kind.TIME);
    /** Any JSON, also what cannot be a struct. */
    public static final ValueEvidence JSON = ValueEvidence.of(Kind.ONLY_JSON);

    private static final int LONGEST_DOUBLE_EXACT = 53;

    private DeclaredEvidence() {}

    /** Integers of which {@code most} has the greatest absolute value; no integer yet is 0. */
    public static ValueEvidence integer(BigInteger most) {
        int kinds = most.bitLength() < Long.SIZE ? Kind.INTEGER : Kind.INTEGER | Kind.LARGE_INTEGER;
        if (most.abs().compareTo(BigInteger.ONE.shiftLeft(LONGEST_DOUBLE_EXACT)) > 0) {
            kinds |= Kind.BEYOND_DOUBLE;
        }
        return ValueEvidence.number(
                kinds, most.signum() == 0 ? 0 : most.abs().toString().length(), 0);
    }

    public static ValueEvidence decimal(int precision, int scale) {
        return ValueEvidence.number(Kind.DECIMAL, precision - scale, scale);
    }

    /**
     * Timestamps of a declared unit. {@code zone} is whether they are instants, {@code reach} what their years allow.
     */
    public static ValueEvidence timestamp(Zone zone, Unit unit, Reach reach) {
        return ValueEvidence.of((zone == Zone.UTC ? Kind.TIMESTAMP_ZONED : Kind.TIMESTAMP)
                | (unit == Unit.NANOSECOND ? Kind.BELOW_MICROSECOND : 0)
                | (reach == Reach.BEYOND_NANOSECONDS ? Kind.BEYOND_NANOSECONDS : 0));
    }

    /** Whether timestamps are instants. */
    public enum Zone {
        NONE,
        UTC
    }

    /** The finest digit that timestamps may have. */
    public enum Unit {
        MICROSECOND,
        NANOSECOND
    }

    /** Whether a timestamp lies outside the years 1678 to 2261. */
    public enum Reach {
        NANOSECONDS,
        BEYOND_NANOSECONDS
    }

    public static ValueEvidence list(ValueEvidence elements) {
        return new ValueEvidence(Kind.ARRAY, 0, 0, elements, Map.of());
    }

    public static ValueEvidence map(ValueEvidence values) {
        return new ValueEvidence(Kind.MAP, 0, 0, values, Map.of());
    }

    /** A struct; JSON where its names cannot be fields of one. */
    public static ValueEvidence struct(List<String> names, List<ValueEvidence> values) {
        Map<String, ColumnEvidence> fields = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            ColumnEvidence field = new ColumnEvidence(names.get(i), i, values.get(i));
            if (names.get(i).isEmpty() || fields.put(field.foldedName(), field) != null) {
                return JSON;
            }
        }
        return fields.size() > ValueEvidence.MOST_FIELDS ? JSON : new ValueEvidence(Kind.OBJECT, 0, 0, null, fields);
    }
}
