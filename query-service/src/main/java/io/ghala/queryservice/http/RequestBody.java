package io.ghala.queryservice.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** The body of a request, bounded, as text or as a JSON object. */
final class RequestBody {
    private static final int LONGEST = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestBody() {}

    /**
     * The whole body.
     *
     * @throws SqlProblemException TOO_LARGE without reading further than the bound, BAD_REQUEST when it is not UTF-8
     */
    static String text(Request request) throws IOException {
        byte[] bytes;
        if (request.getLength() > LONGEST) {
            throw tooLarge();
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw tooLarge();
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body is not valid UTF-8: encode it as UTF-8"), e);
        }
    }

    private static SqlProblemException tooLarge() {
        return problem(Kind.TOO_LARGE, "the body has more than " + LONGEST + " bytes: send it in pieces");
    }

    /** Whether the Content-Type is {@code type}, parameters aside. */
    static boolean is(Request request, String type) {
        String given = String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE));
        int parameters = given.indexOf(';');
        return (parameters < 0 ? given : given.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(type);
    }

    /**
     * Reads one JSON object. Numbers keep their text: a row's 1.10 does not become 1.1.
     *
     * @throws SqlProblemException BAD_REQUEST
     */
    static JsonNode object(String text) {
        try {
            JsonNode node = JSON.reader()
                    .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(text);
            if (node == null || !node.isObject()) {
                throw problem(Kind.BAD_REQUEST, "the body must be a JSON object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body is not valid JSON: " + e.getOriginalMessage()), e);
        }
    }

    private static SqlProblemException problem(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }
}
