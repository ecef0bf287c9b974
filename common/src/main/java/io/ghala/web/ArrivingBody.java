package io.ghala.web;

import io.ghala.config.GhalaConfig.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A body on its way. No thread waits for it. */
final class ArrivingBody implements Runnable {
    /**
     * A client that is still sending when the connection is closed never sees the answer: so much of a body that is too
     * long is read all the same.
     */
    private static final long MOST_DROPPED = 64L * 1024 * 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final BodyBudget budget;
    private final HttpLimits limits;
    private final Consumer<byte[]> whole;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    /**
     * What it took of the budget and has not given back; a last chunk may be counted after the request was answered as
     * late.
     */
    private final AtomicLong charged = new AtomicLong();

    private volatile boolean answered;
    private long seen;
    private volatile Scheduler.@Nullable Task deadline;

    /** @param whole gets the bytes when all are there */
    ArrivingBody(
            Request request,
            Response response,
            Callback callback,
            BodyBudget budget,
            HttpLimits limits,
            Consumer<byte[]> whole) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.budget = budget;
        this.limits = limits;
        this.whole = whole;
    }

    void begin() {
        Request.addCompletionListener(request, failure -> {
            answered = true;
            giveBack();
        });
        run();
        if (!ended.get()) {
            deadline = request.getComponents()
                    .getScheduler()
                    .schedule(this::late, limits.body().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void giveBack() {
        budget.giveBack(charged.getAndSet(0));
    }

    private void late() {
        refuse(
                HttpStatus.REQUEST_TIMEOUT_408,
                "request timeout",
                "the body was not there after " + limits.body().toMillis() + " ms: send it faster, or in pieces");
    }

    /** Takes what is there; comes again when there is more. */
    @Override
    public void run() {
        while (!ended.get()) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                if (end()) {
                    callback.failed(chunk.getFailure());
                }
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = take(chunk);
            chunk.release();
            if (!fits) {
                return;
            }
            if (last) {
                complete();
                return;
            }
        }
    }

    /** False when no more of it is wanted. */
    private boolean take(Content.Chunk chunk) {
        int bytes = chunk.remaining();
        seen += bytes;
        if (seen > ReadBody.LONGEST || request.getLength() > ReadBody.LONGEST) {
            kept.reset();
            if (seen > MOST_DROPPED) {
                tooLong();
                return false;
            }
            return true;
        }
        if (bytes > 0 && !budget.take(bytes)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            refuse(
                    HttpStatus.SERVICE_UNAVAILABLE_503,
                    "busy",
                    "the bodies of other requests take all memory that bodies may have: try again later");
            return false;
        }
        charged.addAndGet(bytes);
        if (answered) {
            giveBack();
        }
        byte[] some = new byte[bytes];
        chunk.getByteBuffer().get(some);
        kept.writeBytes(some);
        return true;
    }

    private void complete() {
        if (seen > ReadBody.LONGEST) {
            tooLong();
        } else if (end()) {
            whole.accept(kept.toByteArray());
        }
    }

    private void tooLong() {
        refuse(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "too large",
                "the body has more than " + ReadBody.LONGEST + " bytes: send it in pieces");
    }

    private void refuse(int status, String title, String detail) {
        if (end()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
            ProblemJson.send(response, callback, status, title, detail);
        }
    }

    private boolean end() {
        boolean first = ended.compareAndSet(false, true);
        Scheduler.@Nullable Task task = deadline;
        if (first && task != null) {
            task.cancel();
        }
        return first;
    }
}
