package io.ghala.testing;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.work.Closers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A redis-server that is empty at the beginning of each test, and a connection to it. To be a static field. All test
 * classes of a run share one server.
 */
public final class RealRedis implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
    private final Nonces nonces = new Nonces(new SecureRandom());
    private final String settings;
    private @Nullable RedisServer server;
    private Closers closers = new Closers();
    private @Nullable RedisConnection connection;

    public RealRedis() {
        this("");
    }

    /** {@code settings} are those of the connection and of what the tests make, as a settings file has them. */
    public RealRedis(String settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        server = context.getRoot()
                .getStore(Namespace.create(RealRedis.class))
                .computeIfAbsent("server", key -> RedisServer.start(), RedisServer.class);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server().client().flushAll();
        closers = new Closers();
        connection = new RedisConnection(config().redis(), closers);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closers.close();
    }

    public RedisServer server() {
        return set(server);
    }

    public RedisConnection connection() {
        return set(connection);
    }

    public Nonces nonces() {
        return nonces;
    }

    public GhalaConfig config() {
        try {
            Path file = Files.createTempFile("ghala-", ".conf");
            try {
                Files.writeString(file, settings);
                return ConfigLoader.of(Map.of("REDIS_URL", server().url(), "GHALA_CONFIG", file.toString()))
                        .load(0);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T set(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no test runs");
        }
        return value;
    }
}
