package io.ghala.parquetwriter;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.HeldLeases;
import io.ghala.lease.Leases;
import io.ghala.work.Closers;
import io.ghala.work.Work;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Wires the parquet-writer. */
final class ParquetWriterModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(WriteTables.class).in(Singleton.class);
        Multibinder<Work> works = Multibinder.newSetBinder(binder(), Work.class);
        works.addBinding().to(HeldLeases.class);
        works.addBinding().to(WriteTables.class);
    }

    @Provides
    @Singleton
    HeldLeases leases(Leases leases, RedisSettings settings, Closers closers) {
        return new HeldLeases(leases, "parquet", settings, closers);
    }

    @Provides
    @Singleton
    BufferAllocator allocator(Closers closers) {
        return closers.register("vectors", new RootAllocator());
    }
}
