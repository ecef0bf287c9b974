package io.ghala.benchmarks.stand;

import com.google.inject.Guice;
import com.google.inject.Injector;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.IntentQueue;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;

/** The clients' ways to a stand's Redis, as the command line has them. */
public final class Ports implements AutoCloseable {
    private final GhalaConfig config;
    private final Injector injector;

    private Ports(GhalaConfig config) {
        this.config = config;
        this.injector = Guice.createInjector(new PortsModule(config));
    }

    public static Ports of(Stand stand) {
        return new Ports(ConfigLoader.of(stand.environment()).load(0));
    }

    public GhalaConfig config() {
        return config;
    }

    public IntentQueue intents() {
        return injector.getInstance(IntentQueue.class);
    }

    public SnapshotReader snapshots() {
        return injector.getInstance(SnapshotReader.class);
    }

    @Override
    public void close() {
        injector.getInstance(Closers.class).close();
    }
}
