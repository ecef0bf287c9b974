package io.ghala.redis.queries;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.query.StatementLosses;

/** Binds the ports of statements and their answers to Redis. */
public final class QueriesModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(SqlInbox.class).to(RedisSqlInbox.class);
        bind(StatementLosses.class).to(RedisStatementLosses.class);
        bind(SqlClient.class).to(RedisSqlClient.class);
        bind(RedisSqlInbox.class).in(Singleton.class);
        bind(RedisStatementLosses.class).in(Singleton.class);
        bind(RedisSqlClient.class).in(Singleton.class);
    }
}
