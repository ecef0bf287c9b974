package io.ghala.redis.snapshots;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntries;
import io.ghala.snapshot.Announcements;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.UnloadableVersions;

/** Binds the ports of snapshots and of what is said about folders to Redis. */
public final class SnapshotsModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(SnapshotReader.class).to(RedisSnapshotStore.class);
        bind(SnapshotPublisher.class).to(RedisSnapshotStore.class);
        bind(Announcements.class).to(RedisAnnouncements.class);
        bind(UnloadableVersions.class).to(RedisUnloadableVersions.class);
        bind(ParquetFiles.class).to(RedisParquetFiles.class);
        bind(FolderLooks.class).to(RedisFolderLooks.class);
        bind(UnservedEntries.class).to(RedisUnservedEntries.class);
        bind(FileNotices.class).to(RedisFileNotices.class);
        bind(ReadAnewRequests.class).to(RedisReadAnewRequests.class);
        bind(RedisSnapshotStore.class).in(Singleton.class);
        bind(RedisAnnouncements.class).in(Singleton.class);
        bind(RedisUnloadableVersions.class).in(Singleton.class);
        bind(RedisParquetFiles.class).in(Singleton.class);
        bind(RedisFolderLooks.class).in(Singleton.class);
        bind(RedisUnservedEntries.class).in(Singleton.class);
        bind(RedisFileNotices.class).in(Singleton.class);
        bind(RedisReadAnewRequests.class).in(Singleton.class);
    }
}
