package io.ghala.type;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells whether a write would make a column another kind of type: one text in a column of numbers makes all of it text,
 * and everybody's sums fail. Wider numbers, finer timestamps and new columns and fields are no such change.
 */
public final class TypeChanges {
    private static final Set<ScalarType> NUMBERS = EnumSet.of(ScalarType.BIGINT, ScalarType.DOUBLE);
    private static final Set<ScalarType> INSTANTS = EnumSet.of(ScalarType.TIMESTAMPTZ, ScalarType.TIMESTAMPTZ_NS);
    private static final Set<ScalarType> TIMESTAMPS = EnumSet.of(ScalarType.TIMESTAMP, ScalarType.TIMESTAMP_NS);
    private static final Set<ScalarType> ANYTHING = EnumSet.of(ScalarType.VARCHAR, ScalarType.JSON);

    private final TableSchema schema;
    private final TypeBasis basis;
    private final TableEvidence known;

    private TypeChanges(TableSchema schema, TypeBasis basis, TableEvidence known) {
        this.schema = schema;
        this.basis = basis;
        this.known = known;
    }

    /** For a table that is published with these columns; empty where nothing is told of what their types rest on. */
    public static Optional<TypeChanges> of(TableSchema schema, TypeBasis basis) {
        return basis.known().map(known -> new TypeChanges(schema, basis, known));
    }

    /**
     * What the write would do to a column and what to do instead, empty when it does nothing of the kind.
     *
     * @param payload a JSON object that was found valid
     */
    public Optional<String> problem(RowId id, String payload, KeyColumn key) {
        try (JsonParser parser = JsonTokens.parser(payload)) {
            parser.nextToken();
            if (!(Token.read(parser) instanceof Token.ObjectToken row)) {
                throw new InvalidValueException("the payload is no JSON object: " + Excerpt.of(payload));
            }
            boolean hasKey = false;
            for (Token.Field field : row.fields()) {
                hasKey |= Column.fold(field.name()).equals(key.foldedName());
                Optional<String> problem = problem(field.name(), field.value());
                if (problem.isPresent()) {
                    return problem;
                }
            }
            return hasKey ? Optional.empty() : problem(key.name(), new Token.Scalar(TokenKind.CELL, id.text()));
        } catch (IOException e) {
            throw new InvalidValueException("the payload is not valid JSON: " + Excerpt.of(payload));
        }
    }

    private Optional<String> problem(String name, Token value) {
        String folded = Column.fold(name);
        ValueEvidence written = ValueEvidence.of(value);
        Optional<Column> column = schema.column(name);
        if (column.isEmpty() || written.equals(ValueEvidence.NOTHING)) {
            return Optional.empty();
        }
        if (basis.pinned().contains(folded)) {
            ColumnType pinned = column.get().type();
            return isAnything(pinned) || isOneKind(pinned, TypeOf.type(written))
                    ? Optional.empty()
                    : Optional.of("column '" + Excerpt.of(name) + "' is " + shown(pinned)
                            + " by the table's settings, and " + Excerpt.of(value.json()) + " is none: write one");
        }
        ColumnEvidence before = known.columns().get(folded);
        if (before == null || before.values().equals(ValueEvidence.NOTHING)) {
            return Optional.empty();
        }
        ColumnType now = TypeOf.type(before.values());
        ColumnType then = TypeOf.type(before.values().join(written));
        if (isOneKind(now, then)) {
            return Optional.empty();
        }
        String origin = basis.origins().getOrDefault(folded, "");
        return Optional.of("column '" + Excerpt.of(name) + "' is " + shown(now)
                + (origin.isEmpty() ? "" : " (see " + Excerpt.of(origin) + ")") + ", and " + Excerpt.of(value.json())
                + " would make it " + shown(then) + " for everybody: write a value of its type, or allow the change"
                + " (type_change: allow, --allow-type-change), or pin the column's type in _table.conf");
    }

    private static String shown(ColumnType type) {
        return Excerpt.of(type.sql());
    }

    private static boolean isAnything(ColumnType type) {
        return type instanceof ScalarType scalar && ANYTHING.contains(scalar);
    }

    /** Whether statements that work on {@code now} work on {@code then}. */
    private static boolean isOneKind(ColumnType now, ColumnType then) {
        if (now.equals(then) || (isNumber(now) && isNumber(then))) {
            return true;
        }
        if (now instanceof StructType before && then instanceof StructType after) {
            return before.fields().stream().allMatch(field -> after.fields().stream()
                    .filter(other -> other.foldedName().equals(field.foldedName()))
                    .allMatch(other -> isNothing(field.type()) || isOneKind(field.type(), other.type())));
        }
        if (now instanceof ListType before && then instanceof ListType after) {
            return isNothing(before.element()) || isOneKind(before.element(), after.element());
        }
        if (now instanceof MapType before && then instanceof MapType after) {
            return isNothing(before.value()) || isOneKind(before.value(), after.value());
        }
        return now instanceof ScalarType before && then instanceof ScalarType after && isFiner(before, after);
    }

    /** Elements and fields that were never but null are VARCHAR until something comes. */
    private static boolean isNothing(ColumnType type) {
        return type.equals(ScalarType.VARCHAR);
    }

    private static boolean isNumber(ColumnType type) {
        return type instanceof DecimalType || (type instanceof ScalarType scalar && NUMBERS.contains(scalar));
    }

    private static boolean isFiner(ScalarType now, ScalarType then) {
        return (INSTANTS.contains(now) && INSTANTS.contains(then))
                || ((TIMESTAMPS.contains(now) || now == ScalarType.DATE) && TIMESTAMPS.contains(then));
    }
}
