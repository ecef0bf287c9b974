package io.ghala.refresher.verify;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.intent.IntentLog;
import io.ghala.redis.RedisModule;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.work.Closers;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Wires a verification. */
final class VerifyModule extends AbstractModule {
    private final GhalaConfig config;
    private final Progress progress;

    VerifyModule(GhalaConfig config, Progress progress) {
        this.config = config;
        this.progress = progress;
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
        bind(Progress.class).toInstance(progress);
        bind(Pause.class).toInstance(duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
        bind(TakeLook.class).in(Singleton.class);
        bind(VerifyTable.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    QueuedWrites queuedWrites(IntentLog intents) {
        return table -> intents.backlog(table).queued();
    }

    @Provides
    @Singleton
    TypedFiles typedFiles(Closers closers) {
        return closers.register(
                "typed readers", new TypedFiles(config.refresher().typedReader()));
    }

    @Provides
    @Singleton
    BufferAllocator allocator(Closers closers) {
        return closers.register("vectors", new RootAllocator());
    }
}
