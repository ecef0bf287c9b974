package io.ghala.redis.snapshots;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.ParquetFiles;
import jakarta.inject.Inject;
import java.util.Optional;

/** A string per table. */
public final class RedisParquetFiles implements ParquetFiles {
    private final RedisConnection redis;

    @Inject
    public RedisParquetFiles(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void holds(TableName table, SnapshotVersion version) {
        redis.call(r -> r.set(KeySchema.parquet(table), version.toString()));
    }

    @Override
    public Optional<SnapshotVersion> version(TableName table) {
        return Optional.ofNullable(redis.call(r -> r.get(KeySchema.parquet(table))))
                .map(text -> new SnapshotVersion(Long.parseLong(text)));
    }
}
