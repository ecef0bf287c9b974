package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.SnapshotPublisherContract;
import io.ghala.testing.contract.StoredTables;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisSnapshotStoreIT implements SnapshotPublisherContract {
    private static final TableName T = RedisTables.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis(RedisTables.GRACES);

    private RedisSnapshotStore snapshots;
    private StoredTables tables;

    @BeforeEach
    void open() {
        snapshots = RedisTables.store(REDIS);
        tables = new StoredTables(snapshots);
    }

    @Override
    public SnapshotPublisher publisher() {
        return snapshots;
    }

    @Override
    public Lease held() {
        return RedisTables.hold(REDIS);
    }

    @Override
    public void damage(BlobRef blob) {
        byte[] key = blob.key().getBytes(StandardCharsets.UTF_8);
        byte[] bytes = REDIS.server().client().get(key);
        bytes[bytes.length / 2] ^= 1;
        REDIS.server().client().set(key, bytes);
    }

    @Test
    void aTableThatIsNotPublishedHasNoVersionAndADamagedOneSaysSo() {
        assertThat(snapshots.version(T)).isEmpty();
        REDIS.server().client().set(KeySchema.manifest(T), "{}");
        assertThatThrownBy(() -> snapshots.version(T)).isInstanceOf(CorruptSnapshotException.class);
    }

    @Test
    void everyAlteredByteOfABlobIsNoticed() {
        List<BlobRef> blobs = tables.stage("abc");
        for (int i = 0; i < 3; i++) {
            byte[] altered = "abc".getBytes(StandardCharsets.UTF_8);
            altered[i] ^= 1;
            REDIS.server().client().set(blobs.get(0).key().getBytes(StandardCharsets.UTF_8), altered);
            assertThatThrownBy(() -> snapshots.blobs(blobs)).isInstanceOf(CorruptSnapshotException.class);
        }
    }
}
