package io.ghala.service;

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

    ProblemJson() {}

    /** Answers with a problem. */
    public static void send(Response response, Callback callback, int status, String title, String detail) {
        String body = JSON.createObjectNode()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                + "\n";
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String title = HttpStatus.getMessage(status);
        Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
        send(response, callback, status, title, message == null ? title : message.toString());
        return true;
    }
}
