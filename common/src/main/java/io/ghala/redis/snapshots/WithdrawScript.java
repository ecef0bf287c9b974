package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Takes a table back: its manifest and watermark go, its blobs go to the sweeper.
 *
 * <p>KEYS manifest, watermark, trash, lease. ARGV lease token, deadline in ms, channel, message, dropped keys. Returns
 * ok or lease.
 */
final class WithdrawScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[4]) ~= ARGV[1] then return 'lease' end
            for i = 5, #ARGV do redis.call('ZADD', KEYS[3], ARGV[2], ARGV[i]) end
            redis.call('DEL', KEYS[1], KEYS[2])
            redis.call('PUBLISH', ARGV[3], ARGV[4])
            return 'ok'
            """);

    private WithdrawScript() {}

    /** {@code blobs} are deleted once it is {@code deadlineMs} by the clock of Redis. */
    static void run(RedisConnection redis, TableName table, Collection<String> blobs, long deadlineMs, Lease lease) {
        List<String> keys = List.of(
                KeySchema.manifest(table), KeySchema.watermark(table), KeySchema.trash(table), KeySchema.lease(lease));
        List<String> arguments = new ArrayList<>(List.of(
                lease.token(),
                Long.toString(deadlineMs),
                KeySchema.ANNOUNCE,
                AnnouncementCodec.encode(Announcement.Kind.WITHDRAWN, table, SnapshotVersion.NONE)));
        arguments.addAll(blobs);
        if (redis.call(r -> SCRIPT.run(r, keys, arguments)).equals("lease")) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
    }
}
