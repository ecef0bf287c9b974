package io.ghala.service;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.dropwizard.DropwizardExports;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /healthz}, {@code /readyz} and {@code /metrics} (Prometheus text format 0.0.4). */
final class OperationsHandler extends Handler.Abstract.NonBlocking {
    private static final String TEXT = "text/plain; charset=utf-8";
    private final ServiceHealth health;
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    OperationsHandler(ServiceHealth health, MetricRegistry metrics) {
        this.health = health;
        registry.register(new DropwizardExports(metrics));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        switch (Request.getPathInContext(request)) {
            case "/healthz" -> answer(response, callback, health.deadLoops());
            case "/readyz" -> answer(response, callback, health.problems());
            case "/metrics" -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                writer.write(out, registry.scrape());
                send(response, callback, 200, writer.getContentType(), out.toByteArray());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void answer(Response response, Callback callback, Map<String, String> problems) {
        StringBuilder out = new StringBuilder();
        problems.forEach(
                (name, problem) -> out.append(name).append(": ").append(problem).append('\n'));
        String text = problems.isEmpty() ? "ok\n" : out.toString();
        send(response, callback, problems.isEmpty() ? 200 : 503, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
