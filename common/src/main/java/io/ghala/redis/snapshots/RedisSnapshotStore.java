package io.ghala.redis.snapshots;

import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.lease.Lease;
import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.redis.wire.AnnouncementCodec;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.snapshot.Announcement;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.ManifestCodec;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.Watermark;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Snapshots in Redis: immutable blobs under keys that are used once, and one manifest per table that is swapped by a
 * script.
 */
final class RedisSnapshotStore implements SnapshotPublisher {

    private final RedisConnection redis;
    private final RedisSettings settings;
    private final SweepBlobs sweep;
    private final RedisBlobs blobs;

    @Inject
    RedisSnapshotStore(RedisConnection redis, Nonces nonces, RedisSettings settings) {
        this.redis = redis;
        this.settings = settings;
        this.sweep = new SweepBlobs(redis, settings, this::manifestKeys);
        this.blobs = new RedisBlobs(redis, nonces, sweep);
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
        try {
            return Optional.of(new Watermark(
                    new Epoch(epoch), StreamId.parse(through), new SnapshotVersion(Long.parseLong(version))));
        } catch (IllegalArgumentException e) {
            // Not written by Ghala: as good as none, and the refresher writes it anew.
            return Optional.empty();
        }
    }

    @Override
    public List<byte[]> blobs(List<BlobRef> wanted) {
        return blobs.fetch(wanted);
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
    public List<BlobRef> stage(TableName table, List<EncodedBlob> encoded) {
        return blobs.stage(table, encoded);
    }

    @Override
    public void discard(TableName table, List<BlobRef> staged) {
        blobs.discard(table, staged);
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
        MoveWatermarkScript.run(redis, table, mark, lease);
    }

    @Override
    public void withdraw(TableName table, Lease lease) {
        long deadlineMs = redis.nowMs() + settings.blobGrace().toMillis();
        WithdrawScript.run(redis, table, manifestKeys(table), deadlineMs, lease);
        redis.call(r -> r.srem(KeySchema.TABLES, table.value()));
    }

    @Override
    public void withdrawCorrupt(TableName table) {
        redis.call(r -> r.del(KeySchema.manifest(table), KeySchema.watermark(table)));
    }

    @Override
    public int sweep(TableName table, Lease lease) {
        if (!lease.token().equals(redis.call(r -> r.get(KeySchema.lease(table, lease.role()))))) {
            throw new LostLeaseException("table " + table + " is published by another process now");
        }
        return sweep.staleAndReplaced(table);
    }
}
