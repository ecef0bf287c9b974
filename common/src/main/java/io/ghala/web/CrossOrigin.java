package io.ghala.web;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What a browser is told so that a page of a listed origin may ask and read: CORS of the Fetch Standard. */
final class CrossOrigin {
    private static final String METHODS = "GET, POST";
    private static final String TAKEN = "Authorization, Content-Type, X-Request-Id";
    private static final String SHOWN =
            "Ghala-Version, Ghala-Age-Ms, Ghala-Tables-Omitted, " + RequestId.HEADER + ", Retry-After, Allow";
    private static final String ASK_PRIVATE_NETWORK = "Access-Control-Request-Private-Network";
    private static final String PRIVATE_NETWORK = "Access-Control-Allow-Private-Network";
    private static final String SECONDS = "600";

    private CrossOrigin() {}

    /**
     * Marks the answer to a request of an allowed page; true when it was only the browser's question before one, which
     * is answered then.
     */
    static boolean answer(Request request, Response response, Callback callback) {
        HttpFields asked = request.getHeaders();
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, asked.get(HttpHeader.ORIGIN));
        headers.put(HttpHeader.ACCESS_CONTROL_EXPOSE_HEADERS, SHOWN);
        if (!HttpMethod.OPTIONS.is(request.getMethod()) || !asked.contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD)) {
            return false;
        }
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, TAKEN);
        headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, SECONDS);
        if (asked.contains(ASK_PRIVATE_NETWORK)) {
            headers.put(PRIVATE_NETWORK, "true");
        }
        response.setStatus(HttpStatus.NO_CONTENT_204);
        Content.Sink.write(response, true, "", callback);
        return true;
    }
}
