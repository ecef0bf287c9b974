package io.ghala.intent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.InvalidValueException;
import io.ghala.model.KeyColumn;
import io.ghala.model.KeyText;
import io.ghala.model.Loadable;
import io.ghala.model.RowId;
import io.ghala.token.JsonMistake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks a write before it is queued, and again before it is applied. */
public final class IntentValidation {
    /** Longest payload in bytes of UTF-8. */
    public static final int MAX_PAYLOAD_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 128;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_PAYLOAD_BYTES)
                    .maxStringLength(MAX_PAYLOAD_BYTES)
                    .build())
            .build();

    private IntentValidation() {}

    /**
     * Checks an upsert of {@code id} in a table whose key column is {@code keyColumn}.
     *
     * @throws InvalidValueException naming the row and what is wrong with the payload
     */
    public static void requireValid(RowId id, String payload, KeyColumn keyColumn) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(payload)) {
            throw wrong(id, "is not valid Unicode");
        }
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw wrong(id, "has " + bytes + " bytes, more than " + MAX_PAYLOAD_BYTES);
        }
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw wrong(id, "is not a JSON object: " + Excerpt.of(payload));
            }
            requireFields(parser, id, keyColumn.foldedName());
            if (parser.nextToken() != null) {
                throw wrong(id, "holds more than one JSON object");
            }
        } catch (IOException e) {
            throw wrong(id, "is not valid JSON (" + mistake(e) + "): " + Excerpt.of(payload));
        }
    }

    /**
     * The row id that a payload gives itself by its key column.
     *
     * @throws InvalidValueException when it is no JSON object with such a key
     */
    public static RowId idOf(String payload, KeyColumn keyColumn) {
        String key = keyColumn.foldedName();
        try (JsonParser parser = JSON.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException("it is not a JSON object: " + Excerpt.of(payload));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = Column.fold(parser.currentName()).equals(key);
                JsonToken value = parser.nextToken();
                if (found) {
                    return new RowId(keyText(parser, value).orElse(""));
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new InvalidValueException("it is not valid JSON (" + mistake(e) + "): " + Excerpt.of(payload));
        }
        throw new InvalidValueException(
                "it has no key column '" + keyColumn + "', so it is no row: " + Excerpt.of(payload));
    }

    /** The id that a key's value is; empty for what is none. */
    private static Optional<String> keyText(JsonParser parser, JsonToken value) throws IOException {
        return switch (value) {
            case VALUE_STRING, VALUE_TRUE, VALUE_FALSE -> Optional.of(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> KeyText.ofNumber(parser.getText());
            default -> Optional.empty();
        };
    }

    private static void requireFields(JsonParser parser, RowId id, String key) throws IOException {
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            requireName(id, name);
            String folded = Column.fold(name);
            if (!seen.add(folded)) {
                throw wrong(id, "has the key '" + Excerpt.of(name) + "' twice");
            }
            JsonToken value = parser.nextToken();
            if (folded.equals(key)) {
                requireSameKey(parser, value, id, name);
            }
            requireLoadable(parser, id, name);
        }
        if (seen.size() > Loadable.MOST_COLUMNS) {
            throw wrong(
                    id,
                    "has " + seen.size() + " keys, more than the " + Loadable.MOST_COLUMNS + " that a row can have");
        }
    }

    /**
     * Checks the value that the parser stands at, up to its end, by the rules for files: what is applied must be
     * loadable.
     */
    private static void requireLoadable(JsonParser parser, RowId id, String column) throws IOException {
        int depth = 0;
        try {
            do {
                JsonToken token = parser.currentToken();
                if (token.isStructStart()) {
                    depth++;
                    Loadable.requireDepth(column, depth);
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.FIELD_NAME) {
                    Loadable.requireName(parser.currentName());
                } else if (token == JsonToken.VALUE_STRING) {
                    Loadable.requireText(parser.getText());
                }
            } while (depth > 0 && parser.nextToken() != null);
        } catch (InvalidValueException e) {
            throw wrong(id, "cannot be loaded: " + e.getMessage());
        }
    }

    private static void requireName(RowId id, String name) {
        try {
            Loadable.requireName(name);
        } catch (InvalidValueException e) {
            throw wrong(id, "cannot be loaded: " + e.getMessage());
        }
    }

    private static void requireSameKey(JsonParser parser, JsonToken value, RowId id, String name) throws IOException {
        if (value == JsonToken.VALUE_NULL || value.isStructStart()) {
            throw wrong(id, "has a key column '" + name + "' that is null or nested: leave it out or give the id");
        }
        String text = keyText(parser, value).orElse("");
        if (!text.equals(id.text())) {
            throw wrong(
                    id,
                    "has '" + name + "' = " + Excerpt.of(text)
                            + ", which is another row: make it equal to the id or leave it out");
        }
    }

    private static InvalidValueException wrong(RowId id, String what) {
        return new InvalidValueException("payload of row '" + Excerpt.of(id.text()) + "' " + what);
    }

    private static String mistake(IOException e) {
        return e instanceof JsonProcessingException json ? JsonMistake.of(json) : String.valueOf(e.getMessage());
    }
}
