package io.ghala.refresher.typed.cells;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.ghala.model.InvalidValueException;
import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.JsonMistake;
import io.ghala.token.JsonTokens;
import io.ghala.token.LoadableTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.FieldVector;

/** Text that must be what its type says: UTF-8, or JSON. */
final class JsonText {
    private JsonText() {}

    static void requireUtf8(FieldVector vector, byte[] text) throws RefusedFileException {
        for (byte b : text) {
            if (b < 0) {
                decode(vector, text);
                return;
            }
        }
    }

    private static void decode(FieldVector vector, byte[] text) throws RefusedFileException {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new RefusedFileException("column '" + vector.getName() + "' holds text that is not valid UTF-8", e);
        }
    }

    /** Appends the JSON value as a token: without blanks, numbers verbatim. */
    static TokenKind append(FieldVector vector, byte[] json, Utf8Buffer out) throws RefusedFileException {
        try (JsonParser parser = JsonTokens.parser(json)) {
            if (parser.nextToken() != null) {
                Token token = Token.read(parser);
                LoadableTokens.require(vector.getName(), token);
                if (parser.nextToken() == null) {
                    return append(token, out);
                }
            }
        } catch (InvalidValueException e) {
            throw new RefusedFileException(
                    "column '" + vector.getName() + "' is JSON and cannot be loaded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new RefusedFileException(
                    "column '" + vector.getName() + "' is JSON and holds text that is not: " + message(e), e);
        }
        throw new RefusedFileException("column '" + vector.getName() + "' is JSON and holds text that is not");
    }

    private static String message(IOException e) {
        return e instanceof JsonProcessingException json ? JsonMistake.of(json) : String.valueOf(e.getMessage());
    }

    private static TokenKind append(Token token, Utf8Buffer out) {
        if (!(token instanceof Token.Scalar scalar)) {
            out.text(token.json());
            return TokenKind.NESTED;
        }
        if (scalar.kind() == TokenKind.STRING || scalar.kind() == TokenKind.NUMBER) {
            out.text(scalar.text());
        }
        return scalar.kind();
    }
}
