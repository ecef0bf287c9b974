package io.ghala.refresher.verify;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.WriteBacklog;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.service.ProcessModule;
import io.ghala.work.Closers;
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
        install(new ProcessModule(config));
        bind(Progress.class).toInstance(progress);
        bind(Pause.class).toInstance(duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
        bind(TakeLook.class).in(Singleton.class);
        bind(VerifyTable.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    QueuedWrites queuedWrites(WriteBacklog writes) {
        return table -> writes.backlog(table).queued();
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
