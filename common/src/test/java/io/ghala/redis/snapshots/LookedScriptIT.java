package io.ghala.redis.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.redis.wire.KeySchema;
import io.ghala.snapshot.FolderLooks.Look;
import io.ghala.testing.RealRedis;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LookedScriptIT {
    private static final TableName T = new TableName("orders");
    private static final Lease MINE = new Lease(T, "refresher", "mine");

    @RegisterExtension
    static final RealRedis REDIS = new RealRedis();

    private static void hold(String token) {
        REDIS.server().client().set(KeySchema.lease(MINE), token);
    }

    private static boolean looked(long version, Duration ago) {
        return LookedScript.run(REDIS.connection(), T, new SnapshotVersion(version), ago, MINE);
    }

    @Test
    void aLookIsAsOldAsItsBeginning() {
        hold("mine");
        assertThat(LastLookScript.run(REDIS.connection(), T)).isEmpty();
        assertThat(looked(7, Duration.ofMinutes(1))).isTrue();
        Look look = LastLookScript.run(REDIS.connection(), T).orElseThrow();
        assertThat(look.version()).isEqualTo(new SnapshotVersion(7));
        assertThat(look.ago()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        assertThat(looked(8, Duration.ZERO)).isTrue();
        assertThat(LastLookScript.run(REDIS.connection(), T).orElseThrow().ago())
                .isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void whoDoesNotHoldTheLeaseNotesNothing() {
        assertThat(looked(7, Duration.ZERO)).isFalse();
        hold("another's");
        assertThat(looked(7, Duration.ZERO)).isFalse();
        assertThat(LastLookScript.run(REDIS.connection(), T)).isEmpty();
    }
}
