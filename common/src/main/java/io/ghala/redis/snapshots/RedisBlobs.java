package io.ghala.redis.snapshots;

import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.redis.wire.Nonces;
import io.ghala.redis.wire.RedisConnection;
import io.ghala.redis.wire.RedisRefusedException;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;

/** The blobs of snapshots, under keys that are used once. */
final class RedisBlobs {
    private static final int BLOBS_AT_ONCE = 8;

    private final RedisConnection redis;
    private final Nonces nonces;
    private final SweepBlobs sweep;

    RedisBlobs(RedisConnection redis, Nonces nonces, SweepBlobs sweep) {
        this.redis = redis;
        this.nonces = nonces;
        this.sweep = sweep;
    }

    /**
     * The bytes of each blob, in order.
     *
     * @throws MissingBlobException when one is gone
     * @throws CorruptSnapshotException when one differs from its reference
     */
    List<byte[]> fetch(List<BlobRef> blobs) {
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

    private static byte[] checked(BlobRef blob, byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new MissingBlobException("blob " + blob.key() + " is gone");
        }
        if (bytes.length != blob.bytes() || crc32c(bytes) != blob.crc32c()) {
            throw new CorruptSnapshotException(
                    "blob " + blob.key() + " is damaged: its length or checksum is not the manifest's");
        }
        return bytes;
    }

    /** Stores blobs that no manifest names yet; they go by themselves after a while unless one does. */
    List<BlobRef> stage(TableName table, List<EncodedBlob> blobs) {
        if (blobs.isEmpty()) {
            return List.of();
        }
        requireRoom(table, blobs.stream().mapToLong(blob -> blob.bytes().length).sum());
        String nonce = nonces.next();
        List<BlobRef> staged = new ArrayList<>();
        Map<String, Double> registered = new LinkedHashMap<>();
        double now = (double) redis.nowMs();
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
                throw new SnapshotPublisher.StagingLostException(
                        "blob " + refs.get(i).key() + " has " + lengths.get(i) + " bytes instead of "
                                + refs.get(i).bytes());
            }
        }
    }

    /** Takes staged blobs away. */
    void discard(TableName table, List<BlobRef> blobs) {
        for (BlobRef blob : blobs) {
            redis.call(r -> r.unlink(blob.key()));
        }
        String[] keys = blobs.stream().map(BlobRef::key).toArray(String[]::new);
        redis.call(r -> r.zrem(KeySchema.staging(table), keys));
    }

    /**
     * A Redis that would be full keeps the published version: replaced ones go at once, and if that is not enough
     * nothing is stored.
     */
    private void requireRoom(TableName table, long bytes) {
        if (redis.freeBytes() >= bytes) {
            return;
        }
        sweep.allReplaced(table);
        if (redis.freeBytes() < bytes) {
            throw new RedisRefusedException("Redis has no room for " + bytes + " bytes of table " + table
                    + ", its published version stays: raise maxmemory");
        }
    }

    private static int crc32c(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
