package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.Watermark;
import java.util.List;

/**
 * Moves the watermark alone, if the lease is held and the version is still the published one.
 *
 * <p>KEYS watermark, manifest, lease. ARGV lease token, version, epoch, through, channel, message. Returns ok, lease or
 * base.
 */
final class MoveWatermarkScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 'lease' end
            local manifest = redis.call('GET', KEYS[2])
            if not manifest or string.match(manifest, '"version":(%d+)') ~= ARGV[2] then return 'base' end
            redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'through', ARGV[4], 'version', ARGV[2])
            redis.call('PUBLISH', ARGV[5], ARGV[6])
            return 'ok'
            """);

    private MoveWatermarkScript() {}

    static void run(RedisConnection redis, TableName table, Watermark mark, Lease lease) {
        List<String> keys = List.of(KeySchema.watermark(table), KeySchema.manifest(table), KeySchema.lease(lease));
        List<String> arguments = List.of(
                lease.token(),
                mark.version().toString(),
                mark.epoch().value(),
                mark.through().toString(),
                KeySchema.ANNOUNCE,
                AnnouncementCodec.encode(Announcement.Kind.WATERMARK, table, mark.version()));
        String answer = redis.call(r -> SCRIPT.run(r, keys, arguments)).toString();
        if (answer.equals("lease")) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
        if (answer.equals("base")) {
            throw new StaleBaseException("table " + table + " is not at version " + mark.version() + " any more");
        }
    }
}
