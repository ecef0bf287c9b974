package io.ghala.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import com.google.inject.Stage;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.RedisModule;
import io.ghala.service.Closers;
import io.ghala.service.PresenceBoard;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import java.time.Clock;
import java.util.Map;

/** What a command needs: the settings and the ways to Redis. */
final class Session implements AutoCloseable {
    private final GhalaConfig config;
    private final Injector injector;

    private Session(GhalaConfig config) {
        this.config = config;
        this.injector = Guice.createInjector(Stage.DEVELOPMENT, new SessionModule(config));
    }

    static Session open(Map<String, String> environment) {
        return new Session(ConfigLoader.of(environment).load(0));
    }

    GhalaConfig config() {
        return config;
    }

    IntentQueue intents() {
        return injector.getInstance(IntentQueue.class);
    }

    IntentLog intentLog() {
        return injector.getInstance(IntentLog.class);
    }

    DeadLetters deadLetters() {
        return injector.getInstance(DeadLetters.class);
    }

    CompactionRequests compactions() {
        return injector.getInstance(CompactionRequests.class);
    }

    SqlClient sql() {
        return injector.getInstance(SqlClient.class);
    }

    /** The answering side, for the rehearsal. */
    SqlInbox inbox() {
        return injector.getInstance(SqlInbox.class);
    }

    ParquetFiles parquetFiles() {
        return injector.getInstance(ParquetFiles.class);
    }

    SnapshotReader snapshots() {
        return injector.getInstance(SnapshotReader.class);
    }

    PresenceBoard presence() {
        return injector.getInstance(PresenceBoard.class);
    }

    @Override
    public void close() {
        injector.getInstance(Closers.class).close();
    }

    private static final class SessionModule extends AbstractModule {
        private final GhalaConfig config;

        SessionModule(GhalaConfig config) {
            this.config = config;
        }

        @Override
        protected void configure() {
            binder().requireExplicitBindings();
            binder().requireAtInjectOnConstructors();
            install(new RedisModule());
            bind(GhalaConfig.class).toInstance(config);
            bind(RedisSettings.class).toInstance(config.redis());
            bind(Clock.class).toInstance(Clock.systemUTC());
            bind(Closers.class).in(Singleton.class);
        }
    }
}
