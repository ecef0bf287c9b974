package io.ghala.cli.stack;

import io.ghala.cli.session.PrivateFiles;
import io.ghala.cli.session.Session;
import io.ghala.presence.PresenceBoard.Presence;
import io.ghala.presence.ServiceKind;
import io.ghala.redis.wire.RedisUnavailableException;
import io.ghala.service.ServiceJar;
import io.ghala.service.ServiceLauncher;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Redis where none is configured, and one process of each service, all of which are watched. */
public final class Stack implements AutoCloseable {
    private static final Duration LEFTOVER_PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MS = 100;
    private static final long WATCH_MS = 1_000;

    private final Map<String, String> environment;
    private final Map<ServiceKind, Supervised> services = new EnumMap<>(ServiceKind.class);
    private final Consumer<String> lines;
    private @Nullable Supervised redisServer;
    private volatile boolean closing;

    private Stack(Map<String, String> environment, Consumer<String> lines) {
        this.environment = new HashMap<>(environment);
        this.lines = lines;
    }

    /**
     * Starts everything, once what an earlier stack left behind has ended.
     *
     * @param given environment names for the services; without REDIS_URL a Redis is started
     * @param own folder for what the stack itself keeps, among it the data of its Redis
     * @param lines takes the services' log lines; nothing comes any more once the stack is being closed
     */
    static Stack start(Map<String, String> given, Path own, Consumer<String> lines)
            throws IOException, InterruptedException {
        PrivateFiles.createFolder(own.resolve("up"));
        Stack stack = new Stack(given, lines);
        try {
            ChildRecord record = new ChildRecord(own.resolve("up").resolve("children"));
            record.endLeftovers(LEFTOVER_PATIENCE, lines);
            if (given.getOrDefault("REDIS_URL", "").isBlank()) {
                stack.startRedis(own, record);
            }
            for (ServiceKind kind : ServiceKind.values()) {
                stack.startService(kind, record);
            }
            return stack;
        } catch (IOException | InterruptedException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startRedis(Path own, ChildRecord record) throws IOException, InterruptedException {
        OwnRedis.endLeftover(own.resolve("redis"), LEFTOVER_PATIENCE, lines);
        OwnRedis prepared = OwnRedis.prepare(own.resolve("redis"), environment);
        environment.put("REDIS_URL", prepared.url());
        say("ghala: Redis is " + prepared.binary() + " on port " + prepared.port());
        Supervised server = new Supervised("redis", prepared::command, code -> {}, record, this::say);
        redisServer = server;
        server.start();
    }

    private void startService(ServiceKind kind, ChildRecord record) {
        Map<String, String> names = new HashMap<>(environment);
        names.put(ServiceLauncher.ENDS_WITH, ServiceLauncher.INPUT);
        names.putIfAbsent(ServiceLauncher.LOG_DEFAULTS, "WARN");
        if (kind != ServiceKind.QUERY) {
            names.put("HTTP_PORT", "0");
        }
        ServiceJar jar = new ServiceJar(jars(), kind);
        Supervised service = new Supervised(
                kind.label(),
                () -> new ChildCommand(jar.archivingCommand(), names, Optional.empty(), true),
                code -> keepArchive(jar, code),
                record,
                this::say);
        services.put(kind, service);
        service.start();
    }

    private void keepArchive(ServiceJar jar, int exitCode) {
        try {
            jar.ended(exitCode);
        } catch (IOException e) {
            say("ghala: the class archive of a service is not kept: " + e.getMessage());
        }
    }

    private void say(String line) {
        if (!closing) {
            lines.accept(line);
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

    /** With its password, should it have one. */
    String redisUrl() {
        return environment.getOrDefault("REDIS_URL", "");
    }

    /** What commands of this stack need in their environment. */
    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /**
     * Waits until every service that this stack started says that it is ready; returns where HTTP listens, or empty
     * when the time is over or {@code stop} is asked for.
     */
    Optional<String> awaitReady(long seconds, OrderlyStop stop) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        try (Session session = Session.open(environment)) {
            while (System.nanoTime() < deadline) {
                Optional<String> http = ready(session);
                if (http.isPresent()) {
                    return http;
                }
                if (stop.isAskedWithin(LOOK_MS)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Asks what the processes say of themselves: those of an earlier stack may still be on the board. */
    private Optional<String> ready(Session session) {
        List<Presence> board;
        try {
            board = session.presence().all();
        } catch (RedisUnavailableException e) {
            // Redis is still starting.
            return Optional.empty();
        }
        if (redisServer != null) {
            redisServer.works();
        }
        String http = "";
        boolean all = true;
        for (Map.Entry<ServiceKind, Supervised> service : services.entrySet()) {
            OptionalLong pid = service.getValue().pid();
            Optional<Presence> own = board.stream()
                    .filter(presence -> pid.isPresent()
                            && presence.identity().kind() == service.getKey()
                            && presence.identity().pid() == pid.getAsLong()
                            && presence.problems().isEmpty())
                    .findFirst();
            if (own.isPresent()) {
                service.getValue().works();
                http = service.getKey() == ServiceKind.QUERY ? own.get().httpAddress() : http;
            } else {
                all = false;
            }
        }
        return all ? Optional.of(http) : Optional.empty();
    }

    /** Looks after the processes, so that one that works is missed when it ends, until {@code stop} is asked for. */
    void watch(OrderlyStop stop) throws InterruptedException {
        try (Session session = Session.open(environment)) {
            while (!stop.isAskedWithin(WATCH_MS)) {
                ready(session);
            }
        }
    }

    /** Ends the services together, and Redis when they have ended. */
    @Override
    public void close() {
        closing = true;
        services.values().forEach(Supervised::askToEnd);
        List<Supervised> inOrder = new ArrayList<>(services.values());
        if (redisServer != null) {
            inOrder.add(redisServer);
        }
        boolean interrupted = false;
        for (Supervised child : inOrder) {
            try {
                child.close();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
