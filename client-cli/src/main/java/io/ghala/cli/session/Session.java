package io.ghala.cli.session;

import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileNotice;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntry;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.WriteBacklog;
import io.ghala.model.TableName;
import io.ghala.presence.PresenceBoard;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.RedisPorts;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;
import java.util.List;
import java.util.Map;

/** What a command needs: the settings and the ways to Redis. */
public final class Session implements AutoCloseable {
    private final GhalaConfig config;
    private final Closers closers = new Closers();
    private final RedisPorts ports;

    private Session(GhalaConfig config) {
        this.config = config;
        this.ports = new RedisPorts(config, closers);
    }

    public static Session open(Map<String, String> environment) {
        return new Session(
                ConfigLoader.of(RunningStack.environment(environment)).load(0));
    }

    public GhalaConfig config() {
        return config;
    }

    public IntentQueue intents() {
        return ports.intents();
    }

    public WriteBacklog backlog() {
        return ports.backlog();
    }

    public DeadLetters deadLetters() {
        return ports.deadLetters();
    }

    public CompactionRequests compactions() {
        return ports.compactions();
    }

    public SqlClient sql() {
        return ports.sql();
    }

    /** The answering side, for the rehearsal. */
    public SqlInbox inbox() {
        return ports.inbox();
    }

    public ParquetFiles parquetFiles() {
        return ports.parquetFiles();
    }

    /** What lies in DB_ROOT and is no table. */
    public List<UnservedEntry> unserved() {
        return ports.unserved().list();
    }

    public ReadAnewRequests anew() {
        return ports.anew();
    }

    public FolderLooks looks() {
        return ports.looks();
    }

    /** What people should know of a table's files whose rows are as they were. */
    public List<FileNotice> notices(TableName table) {
        return ports.notices().list(table);
    }

    public SnapshotReader snapshots() {
        return ports.snapshots();
    }

    public PresenceBoard presence() {
        return ports.presence();
    }

    @Override
    public void close() {
        closers.close();
    }
}
