package io.ghala.token;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.ghala.model.Column;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A JSON value with its numbers as they were written. */
public sealed interface Token {
    /** Null, true, false, a number or a string. */
    record Scalar(TokenKind kind, String text) implements Token {}

    /** Fields in the order they were written. */
    record ObjectToken(List<Field> fields) implements Token {
        /** Whether two keys are equal after folding, so that they cannot be fields of one struct. */
        public boolean ambiguous() {
            Set<String> seen = new HashSet<>();
            return fields.stream().anyMatch(field -> !seen.add(Column.fold(field.name())));
        }
    }

    record ArrayToken(List<Token> elements) implements Token {}

    record Field(String name, Token value) {}

    /** Reads the value that the parser stands at. */
    static Token read(JsonParser parser) throws IOException {
        JsonToken at = parser.currentToken();
        return switch (at) {
            case START_OBJECT -> {
                List<Field> fields = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.add(new Field(name, read(parser)));
                }
                yield new ObjectToken(fields);
            }
            case START_ARRAY -> {
                List<Token> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(read(parser));
                }
                yield new ArrayToken(elements);
            }
            default -> new Scalar(kind(at), parser.getText());
        };
    }

    static TokenKind kind(JsonToken token) {
        return switch (token) {
            case VALUE_NULL -> TokenKind.NULL;
            case VALUE_TRUE -> TokenKind.TRUE;
            case VALUE_FALSE -> TokenKind.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> TokenKind.NUMBER;
            case VALUE_STRING -> TokenKind.STRING;
            default -> TokenKind.NESTED;
        };
    }

    /** Compact JSON. */
    default String json() {
        StringBuilder out = new StringBuilder();
        write(this, out);
        return out.toString();
    }

    private static void write(Token token, StringBuilder out) {
        if (token instanceof Scalar scalar) {
            if (scalar.kind() == TokenKind.STRING) {
                writeString(scalar.text(), out);
            } else {
                out.append(scalar.text());
            }
        } else if (token instanceof ObjectToken object) {
            out.append('{');
            String separator = "";
            for (Field field : object.fields()) {
                out.append(separator);
                writeString(field.name(), out);
                out.append(':');
                write(field.value(), out);
                separator = ",";
            }
            out.append('}');
        } else if (token instanceof ArrayToken array) {
            out.append('[');
            String separator = "";
            for (Token element : array.elements()) {
                out.append(separator);
                write(element, out);
                separator = ",";
            }
            out.append(']');
        }
    }

    /** {@code text} as a JSON string with its quotes. */
    static void writeString(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }
}
