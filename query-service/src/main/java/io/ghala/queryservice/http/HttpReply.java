package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.model.ResultFormat;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlProblem;
import io.ghala.queryservice.http.RequestRecords.State;
import io.ghala.queryservice.run.Answer;
import io.ghala.web.ProblemJson;
import io.ghala.web.RequestId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One HTTP answer: headers go out with the first block, so that a problem before it still gets a status of its own. It
 * ends once.
 */
final class HttpReply implements Answer {
    private static final Logger log = LoggerFactory.getLogger(HttpReply.class);
    /** Small enough that a slow client is seen to take one after the other. */
    private static final int PIECE = 64 * 1024;

    private static final int OK = 200;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Clock clock;
    private final RequestRecords records;
    private final AnswerPlaces places;
    private final RequestId id;
    private final ProblemTrailer trailer = new ProblemTrailer();
    private byte @Nullable [] heldBack;
    private boolean begun;
    private boolean sending;
    private volatile boolean ended;

    HttpReply(
            Request request,
            Response response,
            Callback callback,
            Clock clock,
            RequestRecords records,
            AnswerPlaces places) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.clock = clock;
        this.records = records;
        this.places = places;
        this.id = RequestId.of(request);
        records.began(id, request.getMethod(), Request.getPathInContext(request));
    }

    /** Until it is closed, what this thread logs carries the id of the request. */
    MDC.MDCCloseable named() {
        return MDC.putCloseable("request", id.value());
    }

    /**
     * Before a statement: it may run for longer than a connection may be idle. Once it has ended, the client must take
     * its answer.
     */
    void mayTakeLong() {
        request.addIdleTimeoutListener(idle -> ended);
    }

    void rowsIn(ResultFormat format) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, format.mediaType());
    }

    @Override
    public void header(SqlHeader header) {
        VersionLists.put(header, clock.millis(), response.getHeaders());
    }

    /** Holds back the newest block: when it is the last one too, the answer goes out at once, with its length. */
    @Override
    public void block(byte[] bytes) {
        byte[] before = heldBack;
        if (before != null) {
            for (int from = 0; from < before.length; from += PIECE) {
                places.awaitTaken(send(ByteBuffer.wrap(before, from, Math.min(PIECE, before.length - from))));
            }
        }
        heldBack = bytes;
    }

    private synchronized CompletableFuture<Void> send(ByteBuffer piece) {
        if (ended) {
            throw new UncheckedIOException(new IOException("the answer was broken off"));
        }
        if (!begun && ProblemTrailer.isWanted(request)) {
            trailer.announce(response);
        }
        begun = true;
        sending = true;
        CompletableFuture<Void> sent = new CompletableFuture<>();
        response.write(
                false,
                piece,
                Callback.from(
                        () -> {
                            sent();
                            sent.complete(null);
                        },
                        sent::completeExceptionally));
        return sent;
    }

    private synchronized void sent() {
        sending = false;
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
        if (!endedNow()) {
            return;
        }
        byte[] last = heldBack == null ? new byte[0] : heldBack;
        records.ended(id, State.ANSWERED, response.getStatus() == 0 ? OK : response.getStatus(), Optional.empty());
        response.write(true, ByteBuffer.wrap(last), callback);
    }

    private synchronized boolean endedNow() {
        boolean now = !ended;
        ended = true;
        return now;
    }

    /** Nobody is there to be told. */
    void abandon(Throwable reason) {
        if (endedNow()) {
            Throwable cause = reason.getCause() == null ? reason : reason.getCause();
            records.ended(id, State.ABANDONED, 0, Optional.of(String.valueOf(cause.getMessage())));
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
        if (!endedNow()) {
            return;
        }
        if (begun) {
            breakOff(status, detail);
            return;
        }
        records.ended(id, State.REFUSED, status, Optional.of(detail));
        response.getHeaders().remove("Ghala-Version").remove("Ghala-Age-Ms").remove("Ghala-Tables-Omitted");
        headers.forEach((name, value) -> response.getHeaders().put(name, value));
        ProblemJson.send(response, callback, status, title, detail);
    }

    private synchronized void breakOff(int status, String detail) {
        records.ended(id, State.BROKEN_OFF, status, Optional.of(detail));
        log.warn("answer broken off request={} status={} reason=\"{}\"", id, status, detail);
        if (!sending && ProblemTrailer.isWanted(request)) {
            trailer.tell(status, detail);
            response.write(true, ByteBuffer.allocate(0), callback);
        } else {
            // Rows went out already: only a broken connection tells the client that the answer is short.
            callback.failed(new IOException(detail));
        }
    }
}
