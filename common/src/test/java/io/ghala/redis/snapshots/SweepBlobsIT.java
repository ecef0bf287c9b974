package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.StoredTables;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepBlobsIT {
    private static final TableName T = RedisTables.T;

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis(RedisTables.GRACES);

    private RedisSnapshotStore snapshots;
    private StoredTables tables;
    private Lease lease;

    @BeforeEach
    void open() {
        snapshots = RedisTables.store(REDIS);
        tables = new StoredTables(snapshots);
        lease = RedisTables.hold(REDIS);
    }

    @Test
    void droppedBlobsAreSweptAfterTheirGraceAndNamedOnesStay() {
        List<BlobRef> old = tables.stage("old");
        Manifest first = snapshots.publish(tables.publication(Optional.empty(), old, Optional.empty()), lease);
        List<BlobRef> fresh = tables.stage("new");
        snapshots.publish(tables.publication(Optional.of(first), fresh, Optional.empty()), lease);
        Awaitility.await().until(() -> snapshots.sweep(T, lease) > 0);
        assertThatThrownBy(() -> snapshots.blobs(old)).isInstanceOf(MissingBlobException.class);
        assertThat(snapshots.blobs(fresh)).hasSize(1);
    }

    @Test
    void stagedBlobsThatNobodyPublishedAreSwept() {
        List<BlobRef> orphan = tables.stage("orphan");
        assertThat(snapshots.sweep(T, lease)).isZero();
        REDIS.server().client().zadd(KeySchema.staging(T), 1, orphan.get(0).key());
        assertThat(snapshots.sweep(T, lease)).isEqualTo(1);
        assertThatThrownBy(() -> snapshots.blobs(orphan)).isInstanceOf(MissingBlobException.class);
    }
}
