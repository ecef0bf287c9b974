package io.ghala.redis.snapshots;

import io.ghala.folder.ReadAnew;
import io.ghala.folder.ReadAnew.Which;
import io.ghala.folder.ReadAnewRequests;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A set per table: paths of files, {@code //moved} and {@code //all}, which are no paths. */
final class RedisReadAnewRequests implements ReadAnewRequests {
    private static final String MOVED = "//moved";
    private static final String ALL = "//all";
    private final RedisConnection redis;

    @Inject
    RedisReadAnewRequests(RedisConnection redis) {
        this.redis = redis;
    }

    @Override
    public void ask(TableName table, ReadAnew wish) {
        List<String> members = new ArrayList<>(wish.files());
        switch (wish.which()) {
            case ALL -> members.add(ALL);
            case MOVED -> members.add(MOVED);
            case NAMED -> {
                // The names say it all.
            }
        }
        redis.call(r -> r.sadd(KeySchema.anew(table), members.toArray(String[]::new)));
        redis.call(r -> r.publish(
                KeySchema.ANNOUNCE, AnnouncementCodec.encode(Announcement.Kind.LOOK, table, SnapshotVersion.NONE)));
    }

    @Override
    public ReadAnew take(TableName table) {
        Set<String> files = new TreeSet<>(TakeReadAnewScript.run(redis, table));
        boolean all = files.remove(ALL);
        boolean moved = files.remove(MOVED);
        return new ReadAnew(all ? Which.ALL : moved ? Which.MOVED : Which.NAMED, files);
    }

    @Override
    public boolean isPending(TableName table) {
        return redis.call(r -> r.exists(KeySchema.anew(table)));
    }
}
