package io.ghala.redis.snapshots;

import io.ghala.lease.Lease;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.LuaScript;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.ManifestCodec;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.StagingLostException;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;

/**
 * Publishes a manifest in one step: checks lease, base version and staging, then swaps, moves the watermark, hands
 * dropped blobs to the sweeper and announces.
 *
 * <p>KEYS manifest, watermark, staging, trash, lease. ARGV lease token, base version, trash grace in ms, manifest body,
 * format version, announcement channel, announcement prefix, epoch or empty, through, number of new keys, the new keys,
 * the dropped keys. Returns {@code {"ok", manifest}} or the name of what failed.
 */
final class FlipScript {
    private static final LuaScript SCRIPT = new LuaScript("""
            if redis.call('GET', KEYS[5]) ~= ARGV[1] then return {'lease'} end
            local now = redis.call('TIME')
            local ms = now[1] * 1000 + math.floor(now[2] / 1000)
            local current = 0
            local old = redis.call('GET', KEYS[1])
            if old then current = tonumber(string.match(old, '"version":(%d+)')) end
            if current ~= tonumber(ARGV[2]) then return {'base', tostring(current)} end
            local fresh = tonumber(ARGV[10])
            for i = 1, fresh do
              if not redis.call('ZSCORE', KEYS[3], ARGV[10 + i]) then return {'staging', ARGV[10 + i]} end
            end
            local version = string.format('%.0f', math.max(current + 1, ms))
            local at = string.format('%.0f', ms)
            local seal = redis.sha1hex(version .. ':' .. at .. ':' .. ARGV[4])
            local manifest = '{"format_version":' .. ARGV[5] .. ',"version":' .. version .. ',"published_at_ms":' .. at
              .. ',"seal":"' .. seal .. '","body":' .. ARGV[4] .. '}'
            redis.call('SET', KEYS[1], manifest)
            if ARGV[8] == '' then redis.call('DEL', KEYS[2])
            else redis.call('HSET', KEYS[2], 'epoch', ARGV[8], 'through', ARGV[9], 'version', version) end
            for i = 11, 10 + fresh do redis.call('ZREM', KEYS[3], ARGV[i]) end
            for i = 11 + fresh, #ARGV do redis.call('ZADD', KEYS[4], ms + ARGV[3], ARGV[i]) end
            redis.call('PUBLISH', ARGV[6], ARGV[7] .. version)
            return {'ok', manifest}
            """);

    private FlipScript() {}

    /** Returns the text of the manifest as published. */
    static String run(
            UnifiedJedis redis,
            Publication publication,
            Lease lease,
            long graceMs,
            List<String> fresh,
            List<String> dropped) {
        List<String> keys = List.of(
                KeySchema.manifest(publication.table()),
                KeySchema.watermark(publication.table()),
                KeySchema.staging(publication.table()),
                KeySchema.trash(publication.table()),
                KeySchema.lease(lease));
        List<String> arguments = new ArrayList<>();
        arguments.add(lease.token());
        arguments.add(publication.baseVersion().toString());
        arguments.add(Long.toString(graceMs));
        arguments.add(ManifestCodec.encodeBody(publication));
        arguments.add(Integer.toString(ManifestCodec.FORMAT_VERSION));
        arguments.add(KeySchema.ANNOUNCE);
        arguments.add(AnnouncementCodec.prefix(Announcement.Kind.SNAPSHOT, publication.table()));
        arguments.add(publication.watermark().map(mark -> mark.epoch().value()).orElse(""));
        arguments.add(
                publication.watermark().map(mark -> mark.through().toString()).orElse(""));
        arguments.add(Integer.toString(fresh.size()));
        arguments.addAll(fresh);
        arguments.addAll(dropped);
        List<?> answer = (List<?>) SCRIPT.run(redis, keys, arguments);
        return switch (String.valueOf(answer.get(0))) {
            case "ok" -> String.valueOf(answer.get(1));
            case "lease" ->
                throw new LostLeaseException("table " + publication.table() + " is published by another process now");
            case "base" ->
                throw new StaleBaseException("table " + publication.table() + " is at version " + answer.get(1)
                        + ", this publication was built on " + publication.baseVersion());
            case "staging" ->
                throw new StagingLostException(
                        "table " + publication.table() + ": blob " + answer.get(1) + " is not staged any more");
            default -> throw new RedisRefusedException("the flip script answered " + answer);
        };
    }
}
