package io.ghala.refresher.type;

import io.ghala.token.Literals;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a set of values: the kinds seen, and for nested values the evidence of elements and fields. {@link #join} is commutative,
 * associative and idempotent.
 *
 * @param kinds bits of {@link Kind}; none for nulls only
 * @param element evidence of all elements of lists, null where no list was seen
 * @param fields evidence of the fields of objects by folded name
 */
record ValueEvidence(int kinds, @Nullable ValueEvidence element, Map<String, ColumnEvidence> fields) {
    static final ValueEvidence NOTHING = new ValueEvidence(0, null, Map.of());
    /** More keys than this under one path make it JSON, for good. */
    static final int MOST_FIELDS = 256;

    private static final BigInteger DOUBLE_EXACT = BigInteger.ONE.shiftLeft(53);
    private static final int MOST_DIGITS = 38;
    private static final int DOUBLE_DIGITS = 17;
    private static final int SAFE_LENGTH = 15;

    static ValueEvidence of(int kinds) {
        return kinds == 0 ? NOTHING : new ValueEvidence(kinds, null, Map.of());
    }

    ValueEvidence join(ValueEvidence other) {
        if (equals(other) || other.equals(NOTHING)) {
            return this;
        }
        if (equals(NOTHING)) {
            return other;
        }
        Map<String, ColumnEvidence> joined = fields;
        if (!other.fields.isEmpty()) {
            joined = new HashMap<>(fields);
            for (Map.Entry<String, ColumnEvidence> field : other.fields.entrySet()) {
                joined.merge(field.getKey(), field.getValue(), ColumnEvidence::join);
            }
        }
        int both = kinds | other.kinds;
        if (joined.size() > MOST_FIELDS || (both & Kind.ONLY_JSON) != 0) {
            // Below a path that is JSON nothing matters any more; forgetting it keeps evidence small and the join a
            // semilattice.
            return of((both & ~(Kind.OBJECT | Kind.ARRAY)) | Kind.ONLY_JSON);
        }
        ValueEvidence elements = element == null ? other.element : element;
        if (element != null && other.element != null) {
            elements = element.join(other.element);
        }
        return new ValueEvidence(both, elements, joined);
    }

    static ValueEvidence of(Token token) {
        if (token instanceof Token.Scalar scalar) {
            return of(kinds(scalar.kind(), scalar.text()));
        }
        if (token instanceof Token.ArrayToken array) {
            ValueEvidence elements = NOTHING;
            for (Token element : array.elements()) {
                elements = elements.join(of(element));
            }
            return new ValueEvidence(Kind.ARRAY, elements, Map.of());
        }
        Token.ObjectToken object = (Token.ObjectToken) token;
        if (object.ambiguous() || object.fields().size() > MOST_FIELDS) {
            return of(Kind.ONLY_JSON);
        }
        Map<String, ColumnEvidence> fields = new HashMap<>();
        int position = 0;
        for (Token.Field field : object.fields()) {
            if (field.name().isEmpty()) {
                return of(Kind.ONLY_JSON);
            }
            ColumnEvidence evidence = new ColumnEvidence(field.name(), position++, of(field.value()));
            fields.put(evidence.foldedName(), evidence);
        }
        return new ValueEvidence(Kind.OBJECT, null, fields);
    }

    /** The bits of one scalar token. */
    static int kinds(TokenKind kind, String text) {
        return switch (kind) {
            case ABSENT, NULL -> 0;
            case TRUE, FALSE -> Kind.BOOLEAN;
            case NUMBER -> number(text);
            case STRING -> text(text);
            case CELL -> cell(text);
            case NESTED -> throw new IllegalArgumentException("nested values are read as trees");
        };
    }

    private static int cell(String text) {
        if (text.isEmpty()) {
            return Kind.TEXT;
        }
        char first = text.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            return Literals.cellInteger(text) || Literals.cellFraction(text) ? number(text) : text(text);
        }
        return Literals.cellBoolean(text).isPresent() ? Kind.BOOLEAN : Kind.TEXT;
    }

    private static int text(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return Kind.TEXT;
        }
        if (Literals.date(text).isPresent()) {
            return Kind.DATE;
        }
        Optional<Literals.Timestamp> timestamp = Literals.timestamp(text);
        if (timestamp.isEmpty()) {
            return Kind.TEXT;
        }
        return (timestamp.get().zoned() ? Kind.TIMESTAMP_ZONED : Kind.TIMESTAMP)
                | (timestamp.get().belowMicrosecond() ? Kind.BELOW_MICROSECOND : 0)
                | (timestamp.get().fitsNanoseconds() ? 0 : Kind.BEYOND_NANOSECONDS);
    }

    private static int number(String text) {
        boolean integer = true;
        for (int i = 0; i < text.length() && integer; i++) {
            char c = text.charAt(i);
            integer = c == '-' || (c >= '0' && c <= '9');
        }
        if (!integer || text.equals("-0")) {
            return fraction(text);
        }
        if (text.length() <= SAFE_LENGTH) {
            return Kind.INTEGER;
        }
        BigInteger value = new BigInteger(text);
        if (value.bitLength() < Long.SIZE) {
            return value.abs().compareTo(DOUBLE_EXACT) > 0 ? Kind.INTEGER | Kind.BEYOND_DOUBLE : Kind.INTEGER;
        }
        return value.abs().toString().length() <= MOST_DIGITS ? Kind.LARGE_INTEGER : Kind.BIGGER_NUMBER;
    }

    private static int fraction(String text) {
        if (Double.isInfinite(Double.parseDouble(text))) {
            return Kind.BIGGER_NUMBER;
        }
        Optional<BigDecimal> exact = Literals.number(text);
        if (exact.isEmpty()) {
            return Kind.BIGGER_NUMBER;
        }
        BigDecimal stripped = exact.get().stripTrailingZeros();
        boolean underflows = stripped.signum() != 0 && Double.parseDouble(text) == 0;
        return stripped.precision() <= DOUBLE_DIGITS && !underflows ? Kind.FRACTION : Kind.BIGGER_NUMBER;
    }
}
