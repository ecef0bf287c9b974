package io.ghala.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.lease.Lease;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.FolderLooks.Look;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link FolderLooks} does. */
public interface FolderLooksContract {
    /** With no look noted yet. */
    FolderLooks looks();

    /** A lease of {@code table} that is held. */
    Lease held(TableName table);

    @Test
    default void theLastLookCounts() {
        FolderLooks looks = looks();
        TableName table = new TableName("orders");
        Lease lease = held(table);
        assertThat(looks.last(table)).isEmpty();
        looks.looked(table, new SnapshotVersion(7), Duration.ofMinutes(5), lease);
        Look first = looks.last(table).orElseThrow();
        assertThat(first.version()).isEqualTo(new SnapshotVersion(7));
        assertThat(first.ago()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        looks.looked(table, new SnapshotVersion(8), Duration.ofMinutes(1), lease);
        Look second = looks.last(table).orElseThrow();
        assertThat(second.version()).isEqualTo(new SnapshotVersion(8));
        assertThat(second.ago()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(looks.last(new TableName("people"))).isEmpty();
    }
}
