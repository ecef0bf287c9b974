package io.ghala.refresher;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.config.InvalidConfigurationException;
import io.ghala.redis.HeldLeases;
import io.ghala.redis.Leases;
import io.ghala.refresher.build.BuildParts;
import io.ghala.service.Closers;
import io.ghala.service.Work;
import io.ghala.snapshot.codec.BlobCodecs;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Wires the refresher. */
final class RefresherModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RefreshTables.class).in(Singleton.class);
        Multibinder<Work> works = Multibinder.newSetBinder(binder(), Work.class);
        works.addBinding().to(HeldLeases.class);
        works.addBinding().to(RefreshTables.class);
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
    BuildParts build(BufferAllocator allocator, GhalaConfig config) {
        if (config.refresher().schemaEvolution() == SchemaEvolution.FAIL) {
            throw new InvalidConfigurationException(
                    List.of("SCHEMA_EVOLUTION=fail is not available in this version: use union"));
        }
        return new BuildParts(allocator, BlobCodecs.of(config.refresher().snapshotFormat()));
    }
}
