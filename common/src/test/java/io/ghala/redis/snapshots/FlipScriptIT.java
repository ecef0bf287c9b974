package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.SnapshotPublisher.LostLeaseException;
import io.ghala.snapshot.SnapshotPublisher.StagingLostException;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.testing.RealRedis;
import io.ghala.testing.contract.StoredTables;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FlipScriptIT {
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
    void theFlipRefusesAZombieAStaleBaseAndLostStaging() {
        List<BlobRef> blobs = tables.stage("x");
        Lease zombie = new Lease(T, "refresher", "0".repeat(32));
        assertThatThrownBy(
                        () -> snapshots.publish(tables.publication(Optional.empty(), blobs, Optional.empty()), zombie))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> snapshots.publish(
                        tables.publication(Optional.of(StoredTables.neverPublished()), blobs, Optional.empty()), lease))
                .isInstanceOf(StaleBaseException.class);
        REDIS.server().client().del(KeySchema.staging(T));
        assertThatThrownBy(
                        () -> snapshots.publish(tables.publication(Optional.empty(), blobs, Optional.empty()), lease))
                .isInstanceOf(StagingLostException.class);
        assertThat(snapshots.manifest(T)).isEmpty();
    }
}
