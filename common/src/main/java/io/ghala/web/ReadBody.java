package io.ghala.web;

import io.ghala.config.GhalaConfig.HttpLimits;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Has the whole body before a route sees the request, so that a client that sends slowly holds no thread; within a
 * size, a time, and the memory that all bodies may take together.
 */
public final class ReadBody extends Handler.Wrapper {
    /** Longest body in bytes. */
    public static final int LONGEST = 4 * 1024 * 1024;

    private static final String ATTRIBUTE = ReadBody.class.getName();
    private static final byte[] NONE = new byte[0];

    private final HttpLimits limits;
    private final BodyBudget budget = BodyBudget.ofHeap();

    public ReadBody(HttpLimits limits, Handler next) {
        super(next);
        this.limits = limits;
    }

    /** The body of a request that a route got. */
    public static byte[] of(Request request) {
        return request.getAttribute(ATTRIBUTE) instanceof byte[] bytes ? bytes : NONE;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (BrowserGate.isRead(request)) {
            return super.handle(request, response, callback);
        }
        new ArrivingBody(request, response, callback, budget, limits, bytes -> {
                    request.setAttribute(ATTRIBUTE, bytes);
                    next(request, response, callback);
                })
                .begin();
        return true;
    }

    private void next(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }
}
