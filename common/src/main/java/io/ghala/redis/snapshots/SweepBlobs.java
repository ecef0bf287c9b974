package io.ghala.redis.snapshots;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/**
 * Takes away blobs that no manifest names: those of versions that were replaced, and those that a crash left while they
 * were staged.
 */
final class SweepBlobs {
    private static final int SWEPT_AT_ONCE = 1000;
    /** Blobs of a replaced version stay for so long at least: readers that lose one read the manifest again. */
    private static final long LEAST_GRACE_MS = 5_000;

    private final RedisConnection redis;
    private final RedisSettings settings;
    private final Function<TableName, Set<String>> named;

    /** {@code named} gives the keys of all blobs that a table's manifest names now. */
    SweepBlobs(RedisConnection redis, RedisSettings settings, Function<TableName, Set<String>> named) {
        this.redis = redis;
        this.settings = settings;
        this.named = named;
    }

    /** Takes away what is older than its grace, at most 1000 blobs of each kind; returns how many. */
    int staleAndReplaced(TableName table) {
        long now = redis.nowMs();
        double stale = (double) now - settings.stagingGrace().toMillis();
        return sweep(table, KeySchema.staging(table), stale) + replaced(table, trashLimit(table, now));
    }

    /**
     * Up to which deadline blobs of replaced versions go: those whose grace is over, and under fast changes all but
     * those of the newest versions, so that a table that changes many times a second does not fill Redis.
     */
    private double trashLimit(TableName table, long now) {
        long retained = settings.retainedVersions();
        List<Tuple> deadlines = redis.call(r -> r.zrangeWithScores(KeySchema.trash(table), 0, -1));
        long[] distinct = deadlines.stream()
                .mapToLong(key -> (long) key.getScore())
                .distinct()
                .toArray();
        if (distinct.length <= retained) {
            return (double) now;
        }
        long early = distinct[distinct.length - 1 - (int) retained];
        long leastGrace = now + settings.blobGrace().toMillis() - LEAST_GRACE_MS;
        return Math.max((double) now, (double) Math.min(early, leastGrace));
    }

    /** Takes away blobs of replaced versions at once, whoever may still read them. */
    int allReplaced(TableName table) {
        return replaced(table, Double.POSITIVE_INFINITY);
    }

    private int replaced(TableName table, double until) {
        return sweep(table, KeySchema.trash(table), until);
    }

    private int sweep(TableName table, String list, double until) {
        List<String> keys = redis.call(
                r -> r.zrange(list, ZRangeParams.zrangeByScoreParams(0, until).limit(0, SWEPT_AT_ONCE)));
        if (keys.isEmpty()) {
            return 0;
        }
        Set<String> kept = named.apply(table);
        for (String key : keys) {
            if (KeySchema.isBlob(table, key) && !kept.contains(key)) {
                redis.call(r -> r.del(key));
            }
            redis.call(r -> r.zrem(list, key));
        }
        return keys.size();
    }
}
