package io.ghala.web;

import io.ghala.model.Excerpt;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The media types that bodies may have: those that a browser sends for a page of another origin only after it asked.
 */
final class BodyTypes {
    /** As an {@code Accept} header names them. */
    static final String OF_WRITES = "application/json, application/x-ndjson";

    private static final Set<String> JSON = Set.of("application/json", "application/x-ndjson");
    /** The third is what curl says of every body unless it is told otherwise. */
    private static final Set<String> TEXT =
            Set.of("text/plain", "application/sql", "application/x-www-form-urlencoded", "");

    private final Set<TextRoute> textRoutes;

    BodyTypes(Set<TextRoute> textRoutes) {
        this.textRoutes = Set.copyOf(textRoutes);
    }

    /** Why the body is not taken, if it is not. */
    Optional<String> refusal(Request request) {
        @Nullable String given = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (BrowserGate.isRead(request) || (given == null && !hasBody(request))) {
            return Optional.empty();
        }
        String type = given == null ? "" : withoutParameters(given);
        boolean text = textRoutes.contains(new TextRoute(Request.getPathInContext(request)));
        if (JSON.contains(type) || (text && TEXT.contains(type))) {
            return Optional.empty();
        }
        return Optional.of((type.isEmpty() ? "the body has no type" : "the body is of type " + Excerpt.of(type))
                + ": send it with Content-Type: application/json for one object, or application/x-ndjson for one a line"
                + (text ? ", or text/plain for a statement" : ""));
    }

    private static boolean hasBody(Request request) {
        return request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) || request.getLength() > 0;
    }

    private static String withoutParameters(String type) {
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }
}
