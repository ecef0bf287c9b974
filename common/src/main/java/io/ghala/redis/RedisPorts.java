package io.ghala.redis;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntries;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.presence.PresenceBoard;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.redis.intents.RedisCompactionRequests;
import io.ghala.redis.intents.RedisDeadLetters;
import io.ghala.redis.intents.RedisIntentLog;
import io.ghala.redis.intents.RedisIntentQueue;
import io.ghala.redis.queries.RedisSqlClient;
import io.ghala.redis.queries.RedisSqlInbox;
import io.ghala.redis.roles.RedisPresenceBoard;
import io.ghala.redis.snapshots.RedisFileNotices;
import io.ghala.redis.snapshots.RedisFolderLooks;
import io.ghala.redis.snapshots.RedisParquetFiles;
import io.ghala.redis.snapshots.RedisReadAnewRequests;
import io.ghala.redis.snapshots.RedisSnapshotStore;
import io.ghala.redis.snapshots.RedisUnservedEntries;
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
    private final GhalaConfig config;
    private final RedisConnection redis;
    private final Nonces nonces = new Nonces(new SecureRandom());

    /** Connects when a port is first used; {@code closers} closes the connection. */
    public RedisPorts(GhalaConfig config, Closers closers) {
        this.config = config;
        this.redis = new RedisConnection(config.redis(), closers);
    }

    public IntentQueue intents() {
        return new RedisIntentQueue(redis, snapshots(), config);
    }

    public IntentLog intentLog() {
        return new RedisIntentLog(redis, nonces);
    }

    public DeadLetters deadLetters() {
        return new RedisDeadLetters(redis, config.redis());
    }

    public CompactionRequests compactions() {
        return new RedisCompactionRequests(redis);
    }

    public SqlClient sql() {
        return new RedisSqlClient(redis, presence(), nonces);
    }

    public SqlInbox inbox() {
        return new RedisSqlInbox(redis);
    }

    public SnapshotReader snapshots() {
        return new RedisSnapshotStore(redis, nonces, config.redis());
    }

    public FolderLooks looks() {
        return new RedisFolderLooks(redis);
    }

    public UnservedEntries unserved() {
        return new RedisUnservedEntries(redis);
    }

    public FileNotices notices() {
        return new RedisFileNotices(redis);
    }

    public ReadAnewRequests anew() {
        return new RedisReadAnewRequests(redis);
    }

    public ParquetFiles parquetFiles() {
        return new RedisParquetFiles(redis);
    }

    public PresenceBoard presence() {
        return new RedisPresenceBoard(redis, Clock.systemUTC());
    }
}
