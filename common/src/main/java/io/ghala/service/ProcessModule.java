package io.ghala.service;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.redis.RedisModule;
import io.ghala.work.Closers;
import java.time.Clock;

/**
 * What every process with an injector has: settings, clock, what is to be closed, Redis. Strict: nothing is bound by
 * accident.
 */
public final class ProcessModule extends AbstractModule {
    private final GhalaConfig config;

    public ProcessModule(GhalaConfig config) {
        this.config = config;
    }

    @Override
    protected void configure() {
        binder().requireExplicitBindings();
        binder().requireAtInjectOnConstructors();
        binder().disableCircularProxies();
        install(new RedisModule());
        bind(GhalaConfig.class).toInstance(config);
        bind(RedisSettings.class).toInstance(config.redis());
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(Closers.class).in(Singleton.class);
    }
}
