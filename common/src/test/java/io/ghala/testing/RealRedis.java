package io.ghala.testing;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.work.Closers;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A redis-server for the tests of a class, empty at the beginning of each, and a connection to it. To be a static
 * field.
 */
public final class RealRedis implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final Nonces nonces = new Nonces(new SecureRandom());
    private @Nullable RedisServer server;
    private Closers closers = new Closers();
    private @Nullable RedisConnection connection;

    @Override
    public void beforeAll(ExtensionContext context) {
        server = RedisServer.start();
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

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server().close();
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
        return ConfigLoader.of(Map.of("REDIS_URL", server().url())).load(0);
    }

    private static <T> T set(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no test runs");
        }
        return value;
    }
}
