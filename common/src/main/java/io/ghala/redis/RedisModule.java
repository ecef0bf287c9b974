package io.ghala.redis;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.ghala.redis.intents.IntentsModule;
import io.ghala.redis.queries.QueriesModule;
import io.ghala.redis.roles.RolesModule;
import io.ghala.redis.snapshots.SnapshotsModule;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import java.security.SecureRandom;

/** Binds the ports of the other packages to Redis. */
public final class RedisModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RedisConnection.class).in(Singleton.class);
        bind(Nonces.class).in(Singleton.class);
        install(new SnapshotsModule());
        install(new IntentsModule());
        install(new QueriesModule());
        install(new RolesModule());
    }

    @Provides
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
