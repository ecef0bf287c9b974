package io.ghala.type;

import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a set of values: the kinds seen, and for nested values the evidence of elements and fields.
 * {@link #join} is commutative, associative and idempotent.
 *
 * @param kinds bits of {@link Kind}; none for nulls only
 * @param integerDigits most digits before the point of any number
 * @param scale most digits after the point of any number, or what its file declares
 * @param element evidence of all elements of lists and values of maps, null where neither was seen
 * @param fields evidence of the fields of objects by folded name
 */
public record ValueEvidence(
        int kinds, int integerDigits, int scale, @Nullable ValueEvidence element, Map<String, ColumnEvidence> fields) {
    public static final ValueEvidence NOTHING = of(0);
    /** More keys than this under one path make it JSON, for good. */
    static final int MOST_FIELDS = 256;

    static ValueEvidence of(int kinds) {
        return number(kinds, 0, 0);
    }

    // Compared for every nested value that is read, while the generated methods of records are slow until they are
    // optimized.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ValueEvidence evidence
                        && kinds == evidence.kinds
                        && integerDigits == evidence.integerDigits
                        && scale == evidence.scale
                        && Objects.equals(element, evidence.element)
                        && fields.equals(evidence.fields));
    }

    @Override
    public int hashCode() {
        return Objects.hash(kinds, integerDigits, scale, element, fields);
    }

    static ValueEvidence number(int kinds, int integerDigits, int scale) {
        return new ValueEvidence(kinds, integerDigits, scale, null, Map.of());
    }

    public ValueEvidence join(ValueEvidence other) {
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
        int digits = Math.max(integerDigits, other.integerDigits);
        int scales = Math.max(scale, other.scale);
        if (joined.size() > MOST_FIELDS || (both & Kind.ONLY_JSON) != 0) {
            // Below a path that is JSON nothing matters any more; forgetting it keeps evidence small and the join a
            // semilattice.
            return number((both & ~Kind.NESTED) | Kind.ONLY_JSON, digits, scales);
        }
        ValueEvidence elements = element == null ? other.element : element;
        if (element != null && other.element != null) {
            elements = element.join(other.element);
        }
        return new ValueEvidence(both, digits, scales, elements, joined);
    }

    static ValueEvidence of(Token token) {
        if (token instanceof Token.Scalar scalar) {
            return scalar(scalar.kind(), scalar.text());
        }
        if (token instanceof Token.ArrayToken array) {
            ValueEvidence elements = NOTHING;
            for (Token element : array.elements()) {
                elements = elements.join(of(element));
            }
            return new ValueEvidence(Kind.ARRAY, 0, 0, elements, Map.of());
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
        return new ValueEvidence(Kind.OBJECT, 0, 0, null, fields);
    }

    private static ValueEvidence scalar(TokenKind kind, String text) {
        ScalarEvidence seen = new ScalarEvidence();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        seen.add(kind, utf8, 0, utf8.length);
        return seen.evidence();
    }
}
