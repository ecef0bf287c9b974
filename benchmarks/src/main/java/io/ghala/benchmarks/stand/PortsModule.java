package io.ghala.benchmarks.stand;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.config.GhalaConfig;
import io.ghala.redis.RedisModule;
import io.ghala.work.Closers;
import java.time.Clock;

/** Binds what the ports to Redis need. */
final class PortsModule extends AbstractModule {
    private final GhalaConfig config;

    PortsModule(GhalaConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        install(new RedisModule());
        bind(GhalaConfig.class).toInstance(config);
        bind(GhalaConfig.RedisSettings.class).toInstance(config.redis());
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(Closers.class).in(Singleton.class);
    }
}
