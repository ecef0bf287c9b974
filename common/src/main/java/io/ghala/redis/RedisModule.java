package io.ghala.redis;

import com.google.inject.AbstractModule;

/** Binds the ports of the other packages to Redis. */
public final class RedisModule extends AbstractModule {
    @Override
    protected void configure() {
        // Bindings stand here, one a line, as adapters come.
    }
}
