package io.ghala.redis;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntries;
import io.ghala.intent.AppliedLog;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.CompactionRequests;
import io.ghala.intent.DeadLetters;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.lease.Leases;
import io.ghala.presence.PresenceBoard;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlInbox;
import io.ghala.query.StatementLosses;
import io.ghala.redis.intents.RedisAppliedLog;
import io.ghala.redis.intents.RedisCleanUpBarrier;
import io.ghala.redis.intents.RedisCompactionRequests;
import io.ghala.redis.intents.RedisDeadLetters;
import io.ghala.redis.intents.RedisIntentLog;
import io.ghala.redis.intents.RedisIntentQueue;
import io.ghala.redis.queries.RedisSqlClient;
import io.ghala.redis.queries.RedisSqlInbox;
import io.ghala.redis.queries.RedisStatementLosses;
import io.ghala.redis.roles.RedisLeases;
import io.ghala.redis.roles.RedisPresenceBoard;
import io.ghala.redis.snapshots.RedisAnnouncements;
import io.ghala.redis.snapshots.RedisFileNotices;
import io.ghala.redis.snapshots.RedisFolderLooks;
import io.ghala.redis.snapshots.RedisParquetFiles;
import io.ghala.redis.snapshots.RedisReadAnewRequests;
import io.ghala.redis.snapshots.RedisSnapshotStore;
import io.ghala.redis.snapshots.RedisUnservedEntries;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotReader;
import java.security.SecureRandom;

/** Binds the ports of the other packages to Redis. */
public final class RedisModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(RedisConnection.class).in(Singleton.class);
        bind(Nonces.class).in(Singleton.class);
        bind(Leases.class).to(RedisLeases.class);
        bind(RedisLeases.class).in(Singleton.class);
        bind(SnapshotReader.class).to(RedisSnapshotStore.class);
        bind(SnapshotPublisher.class).to(RedisSnapshotStore.class);
        bind(RedisSnapshotStore.class).in(Singleton.class);
        bind(FolderLooks.class).to(RedisFolderLooks.class);
        bind(RedisFolderLooks.class).in(Singleton.class);
        bind(UnservedEntries.class).to(RedisUnservedEntries.class);
        bind(RedisUnservedEntries.class).in(Singleton.class);
        bind(FileNotices.class).to(RedisFileNotices.class);
        bind(RedisFileNotices.class).in(Singleton.class);
        bind(ReadAnewRequests.class).to(RedisReadAnewRequests.class);
        bind(RedisReadAnewRequests.class).in(Singleton.class);
        bind(ParquetFiles.class).to(RedisParquetFiles.class);
        bind(RedisParquetFiles.class).in(Singleton.class);
        bind(Announcements.class).to(RedisAnnouncements.class);
        bind(RedisAnnouncements.class).in(Singleton.class);
        bind(IntentQueue.class).to(RedisIntentQueue.class);
        bind(RedisIntentQueue.class).in(Singleton.class);
        bind(IntentLog.class).to(RedisIntentLog.class);
        bind(RedisIntentLog.class).in(Singleton.class);
        bind(AppliedLog.class).to(RedisAppliedLog.class);
        bind(RedisAppliedLog.class).in(Singleton.class);
        bind(DeadLetters.class).to(RedisDeadLetters.class);
        bind(RedisDeadLetters.class).in(Singleton.class);
        bind(CleanUpBarrier.class).to(RedisCleanUpBarrier.class);
        bind(RedisCleanUpBarrier.class).in(Singleton.class);
        bind(CompactionRequests.class).to(RedisCompactionRequests.class);
        bind(RedisCompactionRequests.class).in(Singleton.class);
        bind(PresenceBoard.class).to(RedisPresenceBoard.class);
        bind(RedisPresenceBoard.class).in(Singleton.class);
        bind(SqlInbox.class).to(RedisSqlInbox.class);
        bind(RedisSqlInbox.class).in(Singleton.class);
        bind(StatementLosses.class).to(RedisStatementLosses.class);
        bind(RedisStatementLosses.class).in(Singleton.class);
        bind(SqlClient.class).to(RedisSqlClient.class);
        bind(RedisSqlClient.class).in(Singleton.class);
    }

    @Provides
    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
