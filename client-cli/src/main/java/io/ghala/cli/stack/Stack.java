package io.ghala.cli.stack;

import io.ghala.cli.session.Session;
import io.ghala.presence.PresenceBoard.Presence;
import io.ghala.presence.ServiceKind;
import io.ghala.work.Closers;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Redis where none is configured, and one process of each service. */
public final class Stack implements AutoCloseable {
    private final Closers closers = new Closers();
    private final Map<String, String> environment;

    private Stack(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Starts everything.
     *
     * @param given environment names for the services; without REDIS_URL an embedded Redis is started with its data in
     *     {@code redisData}
     * @param lines takes the services' log lines
     */
    static Stack start(Map<String, String> given, Path redisData, Consumer<String> lines) throws IOException {
        Stack stack = new Stack(new HashMap<>(given));
        try {
            if (!given.containsKey("REDIS_URL")) {
                EmbeddedRedis redis = stack.closers.register("redis", EmbeddedRedis.start(redisData));
                stack.environment.put("REDIS_URL", redis.url());
            }
            for (ServiceKind kind : ServiceKind.values()) {
                Map<String, String> own = new HashMap<>(stack.environment);
                if (kind != ServiceKind.QUERY) {
                    own.put("HTTP_PORT", "0");
                }
                stack.closers
                        .register(kind.label(), new ServiceProcess(kind, jars(), own, lines))
                        .start();
            }
            return stack;
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** The folder with the jars: where this one is. */
    public static Path jars() {
        try {
            Path own = Path.of(Stack.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(own.getParent()).orElse(own);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar's own place is no path", e);
        }
    }

    /** What commands of this stack need in their environment. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Waits until every service says that it is ready; returns where HTTP listens, or empty when the time is over. */
    Optional<String> awaitReady(long seconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (Session session = Session.open(environment)) {
            while (System.nanoTime() < deadline) {
                Optional<String> http = ready(session);
                if (http.isPresent()) {
                    return http;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ready(Session session) {
        Set<ServiceKind> ready = EnumSet.noneOf(ServiceKind.class);
        String http = "";
        try {
            for (Presence presence : session.presence().all()) {
                if (presence.problems().isEmpty()) {
                    ready.add(presence.identity().kind());
                    http = presence.identity().kind() == ServiceKind.QUERY ? presence.httpAddress() : http;
                }
            }
        } catch (io.ghala.redis.wire.RedisUnavailableException e) {
            // Redis is still starting.
            return Optional.empty();
        }
        return ready.containsAll(Set.of(ServiceKind.values())) ? Optional.of(http) : Optional.empty();
    }

    @Override
    public void close() {
        closers.close();
    }
}
