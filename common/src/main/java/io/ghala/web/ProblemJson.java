package io.ghala.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors over HTTP as {@code application/problem+json} (RFC 9457), also those that the server finds by itself. */
public final class ProblemJson implements Request.Handler {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** For a server to answer by what it finds itself. */
    public ProblemJson() {}

    /** Answers with a problem. */
    public static void send(Response response, Callback callback, int status, String title, String detail) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        String body = JSON.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                + "\n";
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    }

    /**
     * What the server says of a request that it cannot read; of a fault of the service's own it tells only where to
     * look.
     */
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String title = HttpStatus.getMessage(status);
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        RequestId id = RequestId.of(request);
        response.getHeaders().put(RequestId.HEADER, id.value());
        String detail = status >= HttpStatus.INTERNAL_SERVER_ERROR_500
                ? "the service failed to answer: its log tells more of request " + id
                : message == null ? title : message.toString();
        send(response, callback, status, title, detail);
        return true;
    }
}
