package io.ghala.web;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sees every request first: names it, and marks its connection as busy. */
public final class FirstHandler extends Handler.Wrapper {
    private final Connections connections;

    public FirstHandler(Connections connections, Handler next) {
        super(next);
        this.connections = connections;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        connections.answering(request);
        response.getHeaders().put(RequestId.HEADER, RequestId.of(request).value());
        return super.handle(request, response, callback);
    }
}
