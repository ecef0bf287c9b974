package io.ghala.refresher.read.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.ghala.model.Column;
import io.ghala.refresher.rows.RowWriter;
import io.ghala.refresher.rows.UnreadableFileException;
import io.ghala.token.JsonMistake;
import io.ghala.token.JsonTokens;
import io.ghala.token.NotUtf8Exception;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Rows of a JSON text: one object, an array of objects, or objects one after the other. RFC 8259 and nothing looser.
 */
public final class JsonRows {
    private JsonRows() {}

    /**
     * Reads all rows.
     *
     * @param stem what a text that is exactly one object without the key column takes as its key; empty where the name
     *     gives none
     */
    public static void read(InputStream in, RowWriter out, Supplier<Optional<StemKey>> stem) throws IOException {
        try (JsonParser parser = JsonTokens.parser(in)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                fields(parser, out);
                token = parser.nextToken();
                if (token == null) {
                    addKey(out, stem);
                }
                out.endRow();
            }
            while (token != null) {
                if (token == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        object(parser, out);
                    }
                } else {
                    object(parser, out);
                }
                token = parser.nextToken();
            }
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (CharacterCodingException e) {
            throw badText(out.rows() + 1, e);
        }
    }

    static UnreadableFileException badText(long row, CharacterCodingException e) {
        String what = e instanceof NotUtf8Exception
                ? String.valueOf(e.getMessage())
                : "it has bytes that are no text, in row " + row + " or soon after it";
        return new UnreadableFileException(what + ": save it as UTF-8", e);
    }

    /** Gives the current row, the only one of its file, its key where it has none. */
    public static void addKey(RowWriter out, Supplier<Optional<StemKey>> stem) {
        stem.get()
                .filter(key -> !out.has(key.foldedColumn()))
                .ifPresent(key -> out.scalar(key.column(), 0, TokenKind.CELL, key.text()));
    }

    /** The key that a one-object file takes from its name. */
    public record StemKey(String column, String text) {
        String foldedColumn() {
            return Column.fold(column);
        }
    }

    static UnreadableFileException malformed(JsonProcessingException e) {
        return new UnreadableFileException("it is not valid JSON: " + JsonMistake.of(e), e);
    }

    private static void object(JsonParser parser, RowWriter out) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableFileException(
                    "row " + (out.rows() + 1) + " is not a JSON object but starts with " + shown(parser.currentToken())
                            + " in line " + parser.currentTokenLocation().getLineNr());
        }
        fields(parser, out);
        out.endRow();
    }

    private static String shown(JsonToken token) {
        return switch (Token.kind(token)) {
            case STRING -> "a string";
            case NUMBER -> "a number";
            case NESTED -> "a list";
            default -> String.valueOf(token.asString());
        };
    }

    /** Reads the fields of the object that the parser stands at, up to its end. */
    static void fields(JsonParser parser, RowWriter out) throws IOException {
        int position = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                out.nested(name, position, Token.read(parser));
            } else {
                out.scalar(name, position, Token.kind(value), parser.getText());
            }
            position++;
        }
    }
}
