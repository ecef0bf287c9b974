package io.ghala.service;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.web.BrowserGate;
import io.ghala.web.Connections;
import io.ghala.web.FirstHandler;
import io.ghala.web.ProblemJson;
import io.ghala.web.ReadBody;
import io.ghala.web.TextRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP side of a service: health, readiness and metrics, and what the service itself adds. */
public final class OperationsServer implements AutoCloseable {
    private static final int MAX_THREADS = 64;
    private static final long STOP_MS = 5_000;
    private static final int MAX_RESPONSE_HEADER = 256 * 1024;

    private final HttpSettings settings;
    private final Server server;
    private final ServerConnector connector;
    private final Connections connections;

    @jakarta.inject.Inject
    public OperationsServer(
            HttpSettings settings,
            ServiceHealth health,
            MetricRegistry metrics,
            Set<Handler> serviceHandlers,
            Set<TextRoute> textRoutes) {
        this.settings = settings;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 4);
        threads.setName("http");
        threads.setDaemon(true);
        this.server = new Server(threads);
        server.setStopTimeout(STOP_MS);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setMaxResponseHeaderSize(MAX_RESPONSE_HEADER);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.bind());
        connector.setPort(settings.port());
        server.addConnector(connector);
        server.setErrorHandler(new ProblemJson());
        List<Handler> handlers = new ArrayList<>();
        handlers.add(new OperationsHandler(health, metrics));
        handlers.addAll(serviceHandlers);
        this.connections = new Connections(settings.limits());
        connector.addBean(connections);
        Handler routes = new ReadBody(settings.limits(), new Handler.Sequence(handlers));
        server.setHandler(
                new FirstHandler(connections, new BrowserGate(settings, connector::getLocalPort, textRoutes, routes)));
    }

    /**
     * Starts to listen.
     *
     * @throws ServiceStartException when the address cannot be had
     */
    public void start() {
        try {
            server.start();
            connections.watch(connector.getScheduler());
        } catch (Exception e) {
            throw new ServiceStartException(
                    "cannot listen on " + settings.bind() + ":" + settings.port() + " (" + e.getMessage()
                            + "): is another service running there? Set HTTP_PORT to a free port, or to 0 for any",
                    e);
        }
    }

    /** Where it listens, as {@code http://host:port}. */
    public String address() {
        String host = settings.bind().contains(":") && !settings.bind().startsWith("[")
                ? "[" + settings.bind() + "]"
                : settings.bind();
        return "http://" + host + ":" + connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
