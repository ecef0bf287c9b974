package io.ghala.queryservice.http;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Whether the client of a request has closed its connection. While a request is answered the server reads nothing, so
 * it would notice only when it writes. A socket that is readable without having a byte to read is at its end; nothing
 * is taken from it.
 */
final class ClientGone {
    private ClientGone() {}

    static boolean is(Request request) {
        if (!(request.getConnectionMetaData().getConnection().getEndPoint()
                instanceof SocketChannelEndPoint endPoint)) {
            return false;
        }
        if (!endPoint.isOpen()) {
            return true;
        }
        SocketChannel channel = endPoint.getChannel();
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() > 0 && channel.socket().getInputStream().available() == 0;
        } catch (IOException e) {
            return true;
        }
    }
}
