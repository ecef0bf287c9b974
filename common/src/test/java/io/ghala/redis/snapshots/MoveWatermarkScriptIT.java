package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.lease.Lease;
import io.ghala.model.Epoch;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.StreamId;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.Watermark;
import io.ghala.testing.RealRedis;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MoveWatermarkScriptIT {
    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static Watermark at(long version) {
        return new Watermark(new Epoch("00000000000000aa"), new StreamId(6, 0), new SnapshotVersion(version));
    }

    @Test
    void theWatermarkMovesWhileItsVersionStands() {
        Lease lease = RedisTables.hold(REDIS);
        assertThatThrownBy(() -> MoveWatermarkScript.run(REDIS.connection(), RedisTables.T, at(7), lease))
                .isInstanceOf(StaleBaseException.class);
        REDIS.server().client().set(KeySchema.manifest(RedisTables.T), "{\"format_version\":1,\"version\":7,");
        MoveWatermarkScript.run(REDIS.connection(), RedisTables.T, at(7), lease);
        assertThat(REDIS.server().client().hgetAll(KeySchema.watermark(RedisTables.T)))
                .isEqualTo(Map.of("epoch", "00000000000000aa", "through", "6-0", "version", "7"));
        assertThatThrownBy(() -> MoveWatermarkScript.run(REDIS.connection(), RedisTables.T, at(8), lease))
                .isInstanceOf(StaleBaseException.class);
    }
}
