package io.ghala.benchmarks;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.IntentQueue;
import io.ghala.service.Closers;
import io.ghala.snapshot.SnapshotReader;

/** The clients' ways to a stand's Redis, as the command line has them. */
final class Ports implements AutoCloseable {
    private final GhalaConfig config;
    private final Injector injector;

    private Ports(GhalaConfig config) {
        this.config = config;
        this.injector = Guice.createInjector(new PortsModule(config));
    }

    static Ports of(Stand stand) {
        return new Ports(ConfigLoader.of(stand.environment()).load(0));
    }

    GhalaConfig config() {
        return config;
    }

    IntentQueue intents() {
        return injector.getInstance(IntentQueue.class);
    }

    SnapshotReader snapshots() {
        return injector.getInstance(SnapshotReader.class);
    }

    @Override
    public void close() {
        injector.getInstance(Closers.class).close();
    }
}
