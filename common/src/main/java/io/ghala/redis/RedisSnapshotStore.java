package io.ghala.redis;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.ManifestCodec;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.Watermark;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/** Snapshots in Redis: immutable blobs under keys that are used once, and one manifest per table that is swapped by a script. */
final class RedisSnapshotStore implements SnapshotPublisher {
    private static final int BLOBS_AT_ONCE = 8;
    private static final int SWEPT_AT_ONCE = 1000;
    /** Blobs of a replaced version stay for so long at least: readers that lose one read the manifest again. */
    private static final long LEAST_GRACE_MS = 5_000;

    /** KEYS watermark, manifest, lease; ARGV lease token, version, epoch, through, channel, message. Returns ok, lease or base. */
    private static final LuaScript MOVE_WATERMARK = new LuaScript("""
            if redis.call('GET', KEYS[3]) ~= ARGV[1] then return 'lease' end
            local manifest = redis.call('GET', KEYS[2])
            if not manifest or string.match(manifest, '"version":(%d+)') ~= ARGV[2] then return 'base' end
            redis.call('HSET', KEYS[1], 'epoch', ARGV[3], 'through', ARGV[4], 'version', ARGV[2])
            redis.call('PUBLISH', ARGV[5], ARGV[6])
            return 'ok'
            """);
    /** KEYS manifest, watermark, trash, lease; ARGV lease token, deadline in ms, channel, message, dropped keys. Returns ok or lease. */
    private static final LuaScript WITHDRAW = new LuaScript("""
            if redis.call('GET', KEYS[4]) ~= ARGV[1] then return 'lease' end
            for i = 5, #ARGV do redis.call('ZADD', KEYS[3], ARGV[2], ARGV[i]) end
            redis.call('DEL', KEYS[1], KEYS[2])
            redis.call('PUBLISH', ARGV[3], ARGV[4])
            return 'ok'
            """);

    private final RedisConnection redis;
    private final Nonces nonces;
    private final RedisSettings settings;

    @Inject
    RedisSnapshotStore(RedisConnection redis, Nonces nonces, RedisSettings settings) {
        this.redis = redis;
        this.nonces = nonces;
        this.settings = settings;
    }

    @Override
    public Set<TableName> tables() {
        Set<TableName> tables = new TreeSet<>();
        for (String name : redis.call(r -> r.smembers(KeySchema.TABLES))) {
            TableName.ofFolder(name).ifPresent(tables::add);
        }
        return tables;
    }

    @Override
    public Optional<Manifest> manifest(TableName table) {
        String text = redis.call(r -> r.get(KeySchema.manifest(table)));
        return text == null ? Optional.empty() : Optional.of(ManifestCodec.decode(table, text));
    }

    @Override
    public Optional<SnapshotVersion> version(TableName table) {
        String head = redis.call(r -> r.getrange(KeySchema.manifest(table), 0, ManifestCodec.HEAD_BYTES - 1));
        return head.isEmpty() ? Optional.empty() : Optional.of(ManifestCodec.decodeVersion(table, head));
    }

    @Override
    public Optional<Watermark> watermark(TableName table) {
        Map<String, String> fields = redis.call(r -> r.hgetAll(KeySchema.watermark(table)));
        String epoch = fields.get("epoch");
        String through = fields.get("through");
        String version = fields.get("version");
        if (epoch == null || through == null || version == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Watermark(new Epoch(epoch), StreamId.parse(through), new SnapshotVersion(Long.parseLong(version))));
    }

    @Override
    public List<byte[]> blobs(List<BlobRef> blobs) {
        List<byte[]> all = new ArrayList<>(blobs.size());
        for (int from = 0; from < blobs.size(); from += BLOBS_AT_ONCE) {
            List<BlobRef> some = blobs.subList(from, Math.min(blobs.size(), from + BLOBS_AT_ONCE));
            List<byte[]> fetched = redis.call(r -> {
                try (AbstractPipeline pipeline = r.pipelined()) {
                    List<Response<byte[]>> answers = new ArrayList<>();
                    some.forEach(blob -> answers.add(pipeline.get(blob.key().getBytes(StandardCharsets.UTF_8))));
                    pipeline.sync();
                    List<byte[]> bytes = new ArrayList<>();
                    answers.forEach(answer -> bytes.add(answer.get()));
                    return bytes;
                }
            });
            for (int i = 0; i < some.size(); i++) {
                all.add(checked(some.get(i), fetched.get(i)));
            }
        }
        return all;
    }

    private static byte[] checked(BlobRef blob, byte @org.jspecify.annotations.Nullable [] bytes) {
        if (bytes == null) {
            throw new MissingBlobException("blob " + blob.key() + " is gone");
        }
        if (bytes.length != blob.bytes() || crc32c(bytes) != blob.crc32c()) {
            throw new CorruptSnapshotException(
                    "blob " + blob.key() + " is damaged: its length or checksum is not the manifest's");
        }
        return bytes;
    }

    @Override
    public void requestRepair(TableName table, String reason) {
        redis.call(r -> {
            r.set(KeySchema.repair(table), reason);
            return r.publish(
                    KeySchema.ANNOUNCE,
                    AnnouncementCodec.encode(Announcement.Kind.REPAIR, table, SnapshotVersion.NONE));
        });
    }

    @Override
    public boolean takeRepairRequest(TableName table) {
        return redis.call(r -> r.del(KeySchema.repair(table))) > 0;
    }

    @Override
    public List<BlobRef> stage(TableName table, List<EncodedBlob> blobs) {
        if (blobs.isEmpty()) {
            return List.of();
        }
        requireRoom(table, blobs.stream().mapToLong(blob -> blob.bytes().length).sum());
        String nonce = nonces.next();
        List<BlobRef> staged = new ArrayList<>();
        Map<String, Double> registered = new LinkedHashMap<>();
        double now = (double) nowMs();
        for (EncodedBlob blob : blobs) {
            String key = KeySchema.blob(table, nonce, staged.size());
            staged.add(new BlobRef(key, blob.rows(), blob.bytes().length, crc32c(blob.bytes())));
            registered.put(key, now);
        }
        // Keys are registered before the blobs exist, so that no crash leaves a blob that nobody knows.
        redis.call(r -> r.zadd(KeySchema.staging(table), registered));
        for (int from = 0; from < blobs.size(); from += BLOBS_AT_ONCE) {
            int to = Math.min(blobs.size(), from + BLOBS_AT_ONCE);
            store(staged.subList(from, to), blobs.subList(from, to));
        }
        return staged;
    }

    private void store(List<BlobRef> refs, List<EncodedBlob> blobs) {
        List<Long> lengths = redis.call(r -> {
            try (AbstractPipeline pipeline = r.pipelined()) {
                List<Response<String>> stored = new ArrayList<>();
                List<Response<Long>> answers = new ArrayList<>();
                for (int i = 0; i < refs.size(); i++) {
                    byte[] key = refs.get(i).key().getBytes(StandardCharsets.UTF_8);
                    stored.add(pipeline.set(key, blobs.get(i).bytes()));
                    answers.add(pipeline.strlen(key));
                }
                pipeline.sync();
                // An answer that is an error is thrown here, the first one first.
                stored.forEach(Response::get);
                return answers.stream().map(Response::get).toList();
            }
        });
        for (int i = 0; i < refs.size(); i++) {
            if (lengths.get(i) != refs.get(i).bytes()) {
                throw new StagingLostException("blob " + refs.get(i).key() + " has " + lengths.get(i)
                        + " bytes instead of " + refs.get(i).bytes());
            }
        }
    }

    @Override
    public void discard(TableName table, List<BlobRef> blobs) {
        for (BlobRef blob : blobs) {
            redis.call(r -> r.unlink(blob.key()));
        }
        String[] keys = blobs.stream().map(BlobRef::key).toArray(String[]::new);
        redis.call(r -> r.zrem(KeySchema.staging(table), keys));
    }

    /** A Redis that would be full keeps the published version: replaced ones go at once, and if that is not enough nothing is stored. */
    private void requireRoom(TableName table, long bytes) {
        if (redis.freeBytes() >= bytes) {
            return;
        }
        sweepTrash(table, Double.POSITIVE_INFINITY);
        if (redis.freeBytes() < bytes) {
            throw new RedisRefusedException("Redis has no room for " + bytes + " bytes of table " + table
                    + ", its published version stays: raise maxmemory");
        }
    }

    private long nowMs() {
        // Redis time, so that processes with other clocks agree on ages.
        List<?> time = (List<?>) redis.call(r -> r.eval("return redis.call('TIME')"));
        return Long.parseLong(String.valueOf(time.get(0))) * 1000 + Long.parseLong(String.valueOf(time.get(1))) / 1000;
    }

    @Override
    public Manifest publish(Publication publication, Lease lease) {
        Set<String> named = new HashSet<>();
        publication.parts().forEach(part -> addKeys(part.allBlobs(), named));
        publication.hiddenParts().forEach(part -> addKeys(part.allBlobs(), named));
        Set<String> before = publication.base().map(RedisSnapshotStore::keys).orElse(Set.of());
        List<String> fresh = named.stream().filter(key -> !before.contains(key)).toList();
        List<String> dropped =
                before.stream().filter(key -> !named.contains(key)).toList();
        String text = redis.call(
                r -> FlipScript.run(r, publication, lease, settings.blobGrace().toMillis(), fresh, dropped));
        redis.call(r -> r.sadd(KeySchema.TABLES, publication.table().value()));
        return ManifestCodec.decode(publication.table(), text);
    }

    private Set<String> manifestKeys(TableName table) {
        return manifest(table).map(RedisSnapshotStore::keys).orElse(Set.of());
    }

    private static Set<String> keys(Manifest manifest) {
        Set<String> keys = new HashSet<>();
        addKeys(manifest.allBlobs(), keys);
        return keys;
    }

    private static void addKeys(List<BlobRef> blobs, Set<String> keys) {
        blobs.forEach(blob -> keys.add(blob.key()));
    }

    @Override
    public void moveWatermark(TableName table, Watermark mark, Lease lease) {
        List<String> keys =
                List.of(KeySchema.watermark(table), KeySchema.manifest(table), KeySchema.lease(table, lease.role()));
        List<String> arguments = List.of(
                lease.token(),
                mark.version().toString(),
                mark.epoch().value(),
                mark.through().toString(),
                KeySchema.ANNOUNCE,
                AnnouncementCodec.encode(Announcement.Kind.WATERMARK, table, mark.version()));
        String answer = redis.call(r -> MOVE_WATERMARK.run(r, keys, arguments)).toString();
        requireLease(table, answer);
        if (answer.equals("base")) {
            throw new StaleBaseException("table " + table + " is not at version " + mark.version() + " any more");
        }
    }

    @Override
    public void withdraw(TableName table, Lease lease) {
        List<String> keys = List.of(
                KeySchema.manifest(table),
                KeySchema.watermark(table),
                KeySchema.trash(table),
                KeySchema.lease(table, lease.role()));
        List<String> arguments = new ArrayList<>(List.of(
                lease.token(),
                Long.toString(nowMs() + settings.blobGrace().toMillis()),
                KeySchema.ANNOUNCE,
                AnnouncementCodec.encode(Announcement.Kind.WITHDRAWN, table, SnapshotVersion.NONE)));
        arguments.addAll(manifestKeys(table));
        requireLease(table, redis.call(r -> WITHDRAW.run(r, keys, arguments)).toString());
        redis.call(r -> r.srem(KeySchema.TABLES, table.value()));
    }

    @Override
    public void withdrawCorrupt(TableName table) {
        redis.call(r -> r.del(KeySchema.manifest(table), KeySchema.watermark(table)));
    }

    private static void requireLease(TableName table, String answer) {
        if (answer.equals("lease")) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
    }

    @Override
    public int sweep(TableName table, Lease lease) {
        if (!lease.token().equals(redis.call(r -> r.get(KeySchema.lease(table, lease.role()))))) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
        long now = nowMs();
        double stale = (double) now - settings.stagingGrace().toMillis();
        return sweep(table, KeySchema.staging(table), stale) + sweepTrash(table, trashLimit(table, now));
    }

    /**
     * Up to which deadline blobs of replaced versions go: those whose grace is over, and under fast changes all but those of the newest
     * versions, so that a table that changes many times a second does not fill Redis.
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

    private int sweepTrash(TableName table, double until) {
        return sweep(table, KeySchema.trash(table), until);
    }

    private int sweep(TableName table, String list, double until) {
        List<String> keys = redis.call(
                r -> r.zrange(list, ZRangeParams.zrangeByScoreParams(0, until).limit(0, SWEPT_AT_ONCE)));
        if (keys.isEmpty()) {
            return 0;
        }
        Set<String> named = manifestKeys(table);
        for (String key : keys) {
            if (!named.contains(key)) {
                redis.call(r -> r.del(key));
            }
            redis.call(r -> r.zrem(list, key));
        }
        return keys.size();
    }

    private static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
