package io.ghala.queryservice.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer breaks off, after its rows: the trailer {@code Ghala-Problem} with the problem as JSON in ASCII. Only
 * clients that say {@code TE: trailers} get it: to the others an answer that ends in order, if with a trailer, would
 * look complete, so their connection breaks.
 */
final class ProblemTrailer {
    private static final String NAME = "Ghala-Problem";
    private static final int LONGEST = 1000;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private volatile @Nullable HttpFields fields;

    /** Whether the client understands trailers, and the version of HTTP has them. */
    static boolean isWanted(Request request) {
        return request.getConnectionMetaData().getHttpVersion().getVersion() >= 11
                && request.getHeaders().getCSV(HttpHeader.TE, false).stream()
                        .anyMatch(coding -> coding.toLowerCase(Locale.ROOT).equals("trailers"));
    }

    /** To be called before the first row goes out. */
    void announce(Response response) {
        response.getHeaders().put(HttpHeader.TRAILER, NAME);
        response.setTrailersSupplier(() -> {
            HttpFields told = fields;
            return told == null ? HttpFields.EMPTY : told;
        });
    }

    void tell(int status, String detail) {
        String shown = detail.length() > LONGEST ? detail.substring(0, LONGEST) + "…" : detail;
        try {
            fields = HttpFields.from(new HttpField(
                    NAME,
                    JSON.writeValueAsString(
                            JSON.createObjectNode().put("status", status).put("detail", shown))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a number and a text can be written as JSON", e);
        }
    }
}
