package io.ghala.worker;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import io.ghala.service.ReadinessCheck;
import io.ghala.service.Work;

/** Wires the stream-worker. */
final class StreamWorkerModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(PlainRows.class).to(PublishedRows.class);
        bind(PublishedRows.class).in(Singleton.class);
        bind(FollowFolders.class).in(Singleton.class);
        Multibinder.newSetBinder(binder(), Work.class).addBinding().to(FollowFolders.class);
        Multibinder.newSetBinder(binder(), ReadinessCheck.class).addBinding().to(FollowFolders.class);
    }
}
