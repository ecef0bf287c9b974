package io.ghala.cli;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.RedisPorts;
import io.ghala.service.Closers;
import io.ghala.service.PresenceBoard;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import java.util.Map;

/** What a command needs: the settings and the ways to Redis. */
final class Session implements AutoCloseable {
    private final GhalaConfig config;
    private final Closers closers = new Closers();
    private final RedisPorts ports;

    private Session(GhalaConfig config) {
        this.config = config;
        this.ports = new RedisPorts(config, closers);
    }

    static Session open(Map<String, String> environment) {
        return new Session(ConfigLoader.of(environment).load(0));
    }

    GhalaConfig config() {
        return config;
    }

    IntentQueue intents() {
        return ports.intents();
    }

    IntentLog intentLog() {
        return ports.intentLog();
    }

    DeadLetters deadLetters() {
        return ports.deadLetters();
    }

    CompactionRequests compactions() {
        return ports.compactions();
    }

    SqlClient sql() {
        return ports.sql();
    }

    /** The answering side, for the rehearsal. */
    SqlInbox inbox() {
        return ports.inbox();
    }

    ParquetFiles parquetFiles() {
        return ports.parquetFiles();
    }

    SnapshotReader snapshots() {
        return ports.snapshots();
    }

    PresenceBoard presence() {
        return ports.presence();
    }

    @Override
    public void close() {
        closers.close();
    }
}
