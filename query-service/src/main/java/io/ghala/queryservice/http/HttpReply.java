package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.ResultFormat;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.queryservice.run.Answer;
import io.ghala.service.ProblemJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** One HTTP answer: headers go out with the first block, so that a problem before it still gets a status of its own. It ends once. */
final class HttpReply implements Answer {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Clock clock;
    private final AtomicBoolean ended = new AtomicBoolean();
    private byte @Nullable [] heldBack;
    private volatile boolean begun;

    HttpReply(Request request, Response response, Callback callback, Clock clock) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.clock = clock;
    }

    void rowsIn(ResultFormat format) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.mediaType());
    }

    @Override
    public void header(SqlHeader header) {
        long now = clock.millis();
        header.tables().forEach((table, state) -> {
            response.getHeaders().add("Ghala-Version", table + "=" + state.version());
            response.getHeaders()
                    .add(
                            "Ghala-Age-Ms",
                            table + "=" + Math.max(0, now - state.confirmedAt().toEpochMilli()));
        });
    }

    /** Holds back the newest block: when it is the last one too, the answer goes out at once, with its length. */
    @Override
    public void block(byte[] bytes) {
        byte[] before = heldBack;
        if (before != null) {
            begun = true;
            try {
                Content.Sink.write(response, false, ByteBuffer.wrap(before));
            } catch (IOException e) {
                throw new UncheckedIOException("the client went away", e);
            }
        }
        heldBack = bytes;
    }

    @Override
    public boolean cancelled() {
        return ClientGone.is(request);
    }

    void json(int status, ObjectNode body) {
        text(status, "application/json", body + "\n");
    }

    void text(int status, String type, String body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        heldBack = body.getBytes(StandardCharsets.UTF_8);
        end();
    }

    /** The answer is complete. Waits for no slow client. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            byte[] last = heldBack == null ? new byte[0] : heldBack;
            response.write(true, ByteBuffer.wrap(last), callback);
        }
    }

    /** Nobody is there to be told. */
    void abandon(Throwable reason) {
        if (ended.compareAndSet(false, true)) {
            callback.failed(reason);
        }
    }

    @Override
    public void problem(SqlProblem problem) {
        problem(
                problem.kind().httpStatus(),
                problem.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                problem.detail(),
                switch (problem.kind()) {
                    case BUSY, NOT_READY -> Map.of(HttpHeader.RETRY_AFTER, "1");
                    default -> Map.of();
                });
    }

    void problem(int status, String title, String detail, Map<HttpHeader, String> headers) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        if (begun) {
            // Rows went out already: only a broken connection tells the client that the answer is short.
            callback.failed(new IOException(detail));
            return;
        }
        response.reset();
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        ProblemJson.send(response, callback, status, title, detail);
    }
}
