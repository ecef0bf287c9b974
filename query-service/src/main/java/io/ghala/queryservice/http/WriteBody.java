package io.ghala.queryservice.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.intent.WriteRules.TypeChange;
import io.ghala.model.KeyText;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.token.JsonTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write as a client asked for it: a JSON object with texts and, in {@code row}, an object. The row stays the text
 * that came, so that its numbers mean the same as in a file.
 */
final class WriteBody {
    private static final String ROW = "row";

    private final Map<String, String> texts = new HashMap<>();
    private Optional<String> row = Optional.empty();

    private WriteBody() {}

    /**
     * Reads an object with none but {@code known} fields.
     *
     * @throws SqlProblemException BAD_REQUEST naming the field or the place
     */
    static WriteBody parse(String json, KnownNames known) {
        WriteBody body = new WriteBody();
        try (JsonParser parser = JsonTokens.parser(json).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RequestBody.noObject();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                known.requireField(field);
                body.take(field, parser, json);
            }
            RequestBody.requireEnd(parser);
        } catch (JsonProcessingException e) {
            throw RequestBody.noJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
        return body;
    }

    private void take(String field, JsonParser parser, String json) throws IOException {
        JsonToken value = parser.nextToken();
        if (field.equals(ROW)) {
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int to = (int) parser.currentLocation().getCharOffset();
            row = value == JsonToken.START_OBJECT ? Optional.of(json.substring(from, to)) : Optional.empty();
        } else if (value == JsonToken.VALUE_STRING) {
            texts.put(field, parser.getText());
        } else if (value == JsonToken.VALUE_NUMBER_INT) {
            texts.put(field, KeyText.ofNumber(parser.getText()).orElse(parser.getText()));
        } else {
            throw needs("\"" + field + "\" as a text");
        }
    }

    /** The row as the client wrote it. */
    String row() {
        return row.orElseThrow(() -> needs("the row as a JSON object in \"row\""));
    }

    String text(String field) {
        @Nullable String text = texts.get(field);
        if (text == null) {
            throw needs("\"" + field + "\" as a text");
        }
        return text;
    }

    Optional<String> optional(String field) {
        return Optional.ofNullable(texts.get(field));
    }

    /** Whether the write may make a column another kind of type. */
    TypeChange typeChange() {
        return switch (texts.getOrDefault("type_change", "refuse")) {
            case "allow" -> TypeChange.ALLOW;
            case "refuse" -> TypeChange.REFUSE;
            default -> throw needs("allow or refuse in \"type_change\"");
        };
    }

    private static SqlProblemException needs(String what) {
        return new SqlProblemException(new SqlProblem(Kind.BAD_REQUEST, "the body needs " + what));
    }
}
