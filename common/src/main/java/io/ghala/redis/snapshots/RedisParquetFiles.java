package io.ghala.redis.snapshots;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.ParquetFiles;
import jakarta.inject.Inject;
import java.util.Optional;

/** A string per table: the version, or {@code -} and why there is none. */
final class RedisParquetFiles implements ParquetFiles {
    private static final String PROBLEM = "- ";
    private final RedisConnection redis;

    @Inject
    RedisParquetFiles(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void holds(TableName table, SnapshotVersion version) {
        redis.call(r -> r.set(KeySchema.parquet(table), version.toString()));
    }

    @Override
    public void leaves(TableName table, String reason) {
        redis.call(r -> r.set(KeySchema.parquet(table), PROBLEM + reason));
    }

    @Override
    public Optional<State> state(TableName table) {
        return Optional.ofNullable(redis.call(r -> r.get(KeySchema.parquet(table))))
                .flatMap(RedisParquetFiles::read);
    }

    private static Optional<State> read(String text) {
        if (text.startsWith(PROBLEM)) {
            return Optional.of(new State(Optional.empty(), Optional.of(text.substring(PROBLEM.length()))));
        }
        try {
            return Optional.of(new State(Optional.of(new SnapshotVersion(Long.parseLong(text))), Optional.empty()));
        } catch (IllegalArgumentException e) {
            // Not written by Ghala.
            return Optional.empty();
        }
    }
}
