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
    /** A client that is still sending when the connection is closed never sees the answer: so much of a body that is too long is read all the same. */
    private static final int MOST_DROPPED = 64 * 1024 * 1024;

    private static final int DROPPED_AT_ONCE = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestBody() {}

    /**
     * The whole body.
     *
     * @throws SqlProblemException TOO_LARGE, without keeping more than the bound, BAD_REQUEST when it is not UTF-8
     */
    static String text(Request request) throws IOException {
        byte[] bytes;
        try (InputStream in = Content.Source.asInputStream(request)) {
            bytes = request.getLength() > LONGEST ? new byte[0] : in.readNBytes(LONGEST + 1);
            if (request.getLength() > LONGEST || bytes.length > LONGEST) {
                drop(in);
                throw problem(Kind.TOO_LARGE, "the body has more than " + LONGEST + " bytes: send it in pieces");
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

    private static void drop(InputStream in) throws IOException {
        byte[] some = new byte[DROPPED_AT_ONCE];
        int count = 0;
        for (int dropped = 0; count >= 0 && dropped < MOST_DROPPED; dropped += count) {
            count = in.read(some);
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
