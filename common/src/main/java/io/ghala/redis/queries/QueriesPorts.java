package io.ghala.redis.queries;

import io.ghala.presence.PresenceBoard;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;

/** The ports of statements and their answers, made by hand. */
public record QueriesPorts(RedisConnection redis, Nonces nonces) {
    /** {@code presence} tells whether anybody could answer. */
    public SqlClient client(PresenceBoard presence) {
        return new RedisSqlClient(redis, presence, nonces);
    }

    public SqlInbox inbox() {
        return new RedisSqlInbox(redis);
    }
}
