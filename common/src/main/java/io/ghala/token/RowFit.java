package io.ghala.token;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.TableSchema;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Tells of a write's payload whether its values fit a schema exactly. */
public final class RowFit {
    private final TableSchema schema;
    private final BufferAllocator allocator;

    public RowFit(TableSchema schema, BufferAllocator allocator) {
        this.schema = schema;
        this.allocator = allocator;
    }

    /**
     * Why the row does not fit, empty when it does.
     *
     * @param payload a JSON object
     */
    public Optional<String> problem(String payload) {
        try (JsonParser parser = JsonTokens.parser(payload)) {
            parser.nextToken();
            if (!(Token.read(parser) instanceof Token.ObjectToken row)) {
                return Optional.of("the payload is not a JSON object: " + Excerpt.of(payload));
            }
            return row.fields().stream()
                    .map(this::problem)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (IOException e) {
            return Optional.of("the payload is not valid JSON: " + Excerpt.of(payload));
        }
    }

    private Optional<String> problem(Token.Field field) {
        Optional<Column> column = schema.column(field.name());
        if (column.isEmpty()) {
            return Optional.of("column '" + Excerpt.of(field.name()) + "' is not in the table's reference schema");
        }
        if (field.value() instanceof Token.Scalar scalar && scalar.kind() == TokenKind.NULL) {
            return Optional.empty();
        }
        try (FieldVector scratch = ArrowSchemas.field(column.get()).createVector(allocator)) {
            VectorFiller.of(column.get().type(), scratch).set(0, field.value());
            return Optional.empty();
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            return Optional.of("column '" + column.get().name() + "' is "
                    + column.get().type().sql() + ", and the value "
                    + Excerpt.of(field.value().json()) + " does not fit it exactly");
        }
    }
}
