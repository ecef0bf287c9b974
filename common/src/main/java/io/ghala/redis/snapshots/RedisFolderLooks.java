package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.FolderLooks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A string per table. */
final class RedisFolderLooks implements FolderLooks {
    private static final Logger log = LoggerFactory.getLogger(RedisFolderLooks.class);
    private final RedisConnection redis;

    @Inject
    RedisFolderLooks(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void looked(TableName table, SnapshotVersion version, Duration ago, Lease lease) {
        if (!LookedScript.run(redis, table, version, ago, lease)) {
            log.info("look not noted table={} reason=\"the lease is another's\"", table);
        }
    }

    @Override
    public Optional<Look> last(TableName table) {
        return LastLookScript.run(redis, table);
    }

    @Override
    public void ask(TableName table) {
        redis.call(r -> r.publish(
                KeySchema.ANNOUNCE, AnnouncementCodec.encode(Announcement.Kind.LOOK, table, SnapshotVersion.NONE)));
    }
}
