package io.ghala.web;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.service.OperationsServer;
import io.ghala.service.ServiceHealth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The HTTP side of a service with a route that takes everything, asked over sockets byte by byte. */
final class WebServer implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;

    /** Method, path and body of each request that came to the route. */
    final List<String> came = new CopyOnWriteArrayList<>();

    final OperationsServer server;
    final int port;

    WebServer(HttpSettings settings) {
        Handler route = new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                came.add(request.getMethod() + " " + Request.getPathInContext(request) + " "
                        + new String(ReadBody.of(request), StandardCharsets.UTF_8));
                Content.Sink.write(response, true, "came", callback);
                return true;
            }
        };
        this.server = new OperationsServer(
                settings,
                new ServiceHealth(Set.of()),
                new MetricRegistry(),
                Set.of(route),
                Set.of(new TextRoute("/sql")));
        server.start();
        this.port = URI.create(server.address()).getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends a request on a connection of its own and returns the whole answer.
     *
     * @param head request line and headers with {@code \n} between, PORT for the port
     */
    String ask(String head, String body) throws IOException {
        String lines = head.strip().replace("PORT", Integer.toString(port)).replace("\n", "\r\n");
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        try (Socket socket = connect()) {
            send(socket, lines + "\r\nConnection: close\r\n" + length + "\r\n" + body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether the server has closed the connection, within a time. */
    static boolean isClosed(Socket socket, int withinMs) throws IOException {
        socket.setSoTimeout(withinMs);
        try {
            byte[] dropped = new byte[1024];
            int count = 0;
            while (count >= 0) {
                count = socket.getInputStream().read(dropped);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset: what was sent was not read any more.
            return true;
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
