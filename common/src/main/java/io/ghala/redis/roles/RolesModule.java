package io.ghala.redis.roles;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.lease.Leases;
import io.ghala.presence.PresenceBoard;

/** Binds the ports of roles and presence to Redis. */
public final class RolesModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Leases.class).to(RedisLeases.class);
        bind(PresenceBoard.class).to(RedisPresenceBoard.class);
        bind(RedisLeases.class).in(Singleton.class);
        bind(RedisPresenceBoard.class).in(Singleton.class);
    }
}
