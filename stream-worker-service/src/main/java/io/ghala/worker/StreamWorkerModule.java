package io.ghala.worker;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.Leases;
import io.ghala.work.Closers;
import io.ghala.work.ReadinessCheck;
import io.ghala.work.Work;
import io.ghala.worker.apply.ApplyChains;
import io.ghala.worker.apply.BacklogGauges;
import io.ghala.worker.apply.FollowFolders;
import io.ghala.worker.apply.PlainRows;
import io.ghala.worker.apply.PublishedRows;
import io.ghala.worker.tidy.TidyFolders;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Wires the stream-worker. */
final class StreamWorkerModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(PlainRows.class).to(PublishedRows.class);
        bind(PublishedRows.class).in(Singleton.class);
        bind(ApplyChains.class).in(Singleton.class);
        bind(BacklogGauges.class).in(Singleton.class);
        bind(FollowFolders.class).in(Singleton.class);
        bind(TidyFolders.class).in(Singleton.class);
        Multibinder<Work> works = Multibinder.newSetBinder(binder(), Work.class);
        works.addBinding().to(FollowFolders.class);
        works.addBinding().to(HeldLeases.class);
        works.addBinding().to(TidyFolders.class);
        Multibinder.newSetBinder(binder(), ReadinessCheck.class).addBinding().to(FollowFolders.class);
    }

    @Provides
    @Singleton
    HeldLeases leases(Leases leases, RedisSettings settings, Closers closers) {
        return new HeldLeases(leases, "cleaner", settings, closers);
    }

    @Provides
    @Singleton
    BufferAllocator allocator(Closers closers) {
        return closers.register("vectors", new RootAllocator());
    }
}
