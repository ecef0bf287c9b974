package io.ghala.queryservice.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.token.ExactJson;
import io.ghala.token.JsonMistake;
import io.ghala.web.ReadBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** The body of a request, as text or as a JSON object. */
final class RequestBody {
    private static final ObjectMapper JSON = ExactJson.mapper().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private RequestBody() {}

    /**
     * The whole body.
     *
     * @throws SqlProblemException BAD_REQUEST when it is not UTF-8
     */
    static String text(Request request) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(ReadBody.of(request)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SqlProblemException(
                    new SqlProblem(Kind.BAD_REQUEST, "the body is not valid UTF-8: encode it as UTF-8"), e);
        }
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
     * Reads one JSON object.
     *
     * @throws SqlProblemException BAD_REQUEST
     */
    static JsonNode object(String text) {
        try (JsonParser parser = JSON.createParser(text).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            JsonNode node = JSON.readTree(parser);
            if (node == null || !node.isObject()) {
                throw noObject();
            }
            requireEnd(parser);
            return node;
        } catch (JsonProcessingException e) {
            throw noJson(e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot fail to be read", e);
        }
    }

    static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw problem("something follows after the JSON object: send one, or one a line as application/x-ndjson");
        }
    }

    static SqlProblemException noObject() {
        return problem("the body must be a JSON object");
    }

    static SqlProblemException noJson(JsonProcessingException e) {
        return new SqlProblemException(
                new SqlProblem(Kind.BAD_REQUEST, "the body is not valid JSON: " + JsonMistake.of(e)), e);
    }

    private static SqlProblemException problem(String detail) {
        return new SqlProblemException(new SqlProblem(Kind.BAD_REQUEST, detail));
    }
}
