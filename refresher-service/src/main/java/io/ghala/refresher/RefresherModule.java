package io.ghala.refresher;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.Leases;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Work;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Wires the refresher. */
final class RefresherModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(TableRefreshes.class).in(Singleton.class);
        bind(TableRefreshes.Ports.class);
        bind(RefreshTables.class).in(Singleton.class);
        bind(PlanParts.class).toInstance(new PlanParts());
        Multibinder<Work> works = Multibinder.newSetBinder(binder(), Work.class);
        works.addBinding().to(HeldLeases.class);
        works.addBinding().to(RefreshTables.class);
        Multibinder.newSetBinder(binder(), ReadinessCheck.class).addBinding().to(RefreshTables.class);
    }

    @Provides
    @Singleton
    HeldLeases leases(Leases leases, RedisSettings settings, Closers closers) {
        return new HeldLeases(leases, "refresher", settings, closers);
    }

    @Provides
    @Singleton
    BufferAllocator allocator(Closers closers) {
        return closers.register("vectors", new RootAllocator());
    }

    @Provides
    @Singleton
    TypedFiles typedFiles(GhalaConfig config, Closers closers) {
        return closers.register(
                "typed readers", new TypedFiles(config.refresher().typedReader()));
    }

    @Provides
    @Singleton
    ExecutorService threads(GhalaConfig config, Closers closers) {
        ExecutorService threads =
                Executors.newFixedThreadPool(config.refresher().readThreads());
        closers.register("refresh threads", threads::shutdownNow);
        return threads;
    }
}
