package io.ghala.redis.snapshots;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.folder.FileNotices;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.folder.UnservedEntries;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.ParquetFiles;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.UnloadableVersions;

/** The ports of snapshots and of what is said about folders, made by hand. */
public record SnapshotsPorts(RedisConnection redis, Nonces nonces, RedisSettings settings) {
    public SnapshotPublisher snapshots() {
        return new RedisSnapshotStore(redis, nonces, settings);
    }

    public ParquetFiles parquetFiles() {
        return new RedisParquetFiles(redis);
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

    public UnloadableVersions unloadable() {
        return new RedisUnloadableVersions(redis);
    }

    public ReadAnewRequests anew() {
        return new RedisReadAnewRequests(redis);
    }
}
