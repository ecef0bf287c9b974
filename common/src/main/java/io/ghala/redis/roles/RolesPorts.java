package io.ghala.redis.roles;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.Leases;
import io.ghala.presence.PresenceBoard;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import java.time.Clock;

/** The ports of roles and presence, made by hand. */
public record RolesPorts(RedisConnection redis, Nonces nonces, RedisSettings settings) {
    public Leases leases() {
        return new RedisLeases(redis, nonces, settings);
    }

    public PresenceBoard presence(Clock clock) {
        return new RedisPresenceBoard(redis, clock);
    }
}
