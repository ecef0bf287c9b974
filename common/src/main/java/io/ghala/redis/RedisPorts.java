package io.ghala.redis;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntries;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.WriteBacklog;
import io.ghala.presence.PresenceBoard;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.intents.IntentsPorts;
import io.ghala.redis.queries.QueriesPorts;
import io.ghala.redis.roles.RolesPorts;
import io.ghala.redis.snapshots.SnapshotsPorts;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.work.Closers;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * The ports of {@link RedisModule} that commands need, made by hand when asked for: an injector would take longer than
 * a command may.
 */
public final class RedisPorts {
    private final SnapshotsPorts snapshots;
    private final IntentsPorts intents;
    private final QueriesPorts queries;
    private final RolesPorts roles;

    /** Connects when a port is first used; {@code closers} closes the connection. */
    public RedisPorts(GhalaConfig config, Closers closers) {
        RedisConnection redis = new RedisConnection(config.redis(), closers);
        Nonces nonces = new Nonces(new SecureRandom());
        this.snapshots = new SnapshotsPorts(redis, nonces, config.redis());
        this.intents = new IntentsPorts(redis, nonces, config);
        this.queries = new QueriesPorts(redis, nonces);
        this.roles = new RolesPorts(redis, nonces, config.redis());
    }

    public IntentQueue intents() {
        return intents.queue(snapshots());
    }

    public WriteBacklog backlog() {
        return intents.backlog();
    }

    public DeadLetters deadLetters() {
        return intents.deadLetters();
    }

    public CompactionRequests compactions() {
        return intents.compactions();
    }

    public SqlClient sql() {
        return queries.client(presence());
    }

    public SqlInbox inbox() {
        return queries.inbox();
    }

    public SnapshotReader snapshots() {
        return snapshots.snapshots();
    }

    public FolderLooks looks() {
        return snapshots.looks();
    }

    public UnservedEntries unserved() {
        return snapshots.unserved();
    }

    public FileNotices notices() {
        return snapshots.notices();
    }

    public ReadAnewRequests anew() {
        return snapshots.anew();
    }

    public ParquetFiles parquetFiles() {
        return snapshots.parquetFiles();
    }

    public PresenceBoard presence() {
        return roles.presence(Clock.systemUTC());
    }
}
